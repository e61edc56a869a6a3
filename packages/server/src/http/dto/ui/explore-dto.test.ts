import { expect, test } from 'vitest'
import { fractionalMs } from './explore-dto.ts'

test.each([
  // As a number, the first of these is 128 ns too early.
  [1_795_224_452_058_000_000n, 1_795_224_452_058],
  [1_795_224_452_057_999_999n, 1_795_224_452_057.999],
  [1_795_224_452_057_000_400n, 1_795_224_452_057],
  [-1_500_000n, -1.5],
  [0n, 0],
])('%s ns are %s ms, whole ones as they are', (ns, ms) => {
  expect(fractionalMs(ns)).toBe(ms)
  expect(Math.floor(fractionalMs(ns))).toBe(Math.floor(ms))
})
