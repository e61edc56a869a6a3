import { expect, test } from 'vitest'
import { jsonHeight } from './json-height.ts'

test.each([
  ['a scalar', 1, 68],
  ['an object of two keys', { a: 1, b: 'x' }, 108],
  ['a text of several rows', { a: 'x'.repeat(130) }, 128],
  ['a long list', Array.from({ length: 100 }, () => 1), 560],
  ['a list that is closed because it is longer still', Array.from({ length: 1000 }, () => 1), 68],
])('%s', (_, value, expected) => expect(jsonHeight(value, 560)).toBe(expected))
