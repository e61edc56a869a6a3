import { describe, expect, test } from 'vitest'
import { decimalText } from './observation-v2-dto.ts'
import { pageMeta, secondsBetween } from './page-dto.ts'

describe('decimalText', () => {
  test.each([
    [undefined, null],
    [0, '0'],
    [1.5, '1.5'],
    [1.5e-7, '0.00000015'],
    [1e-7, '0.0000001'],
    [-2.25e-9, '-0.00000000225'],
    [1.25e21, '1250000000000000000000'],
    [1e21, '1000000000000000000000'],
  ])('%s', (value, text) => {
    expect(decimalText(value)).toBe(text)
    if (value !== undefined) expect(Number(text)).toBe(value)
  })
})

describe('pageMeta', () => {
  test.each([
    [0, 0],
    [1, 1],
    [10, 1],
    [11, 2],
  ])('%i rows', (totalItems, totalPages) => {
    expect(pageMeta({ page: 3, limit: 10 }, totalItems)).toEqual({ page: 3, limit: 10, totalItems, totalPages })
  })
})

test('seconds between instants', () => {
  expect([secondsBetween(0n, 1_250_000_000n), secondsBetween(5n, undefined)]).toEqual([1.25, null])
})
