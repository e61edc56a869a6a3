import { describe, expect, test } from 'vitest'
import { formatValue } from './metric-value.ts'

describe('figures', () => {
  test.each([
    [null, '–'],
    [0, '0'],
    [0.123456, '0.1235'],
    [-12.5, '−12.5'],
    [1_234_567.8, '1,234,568'],
  ])('%s', (value, expected) => expect(formatValue(value)).toBe(expected))
})
