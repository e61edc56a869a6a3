import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCost, formatPrice } from './cost.ts'
import { grouped, significant } from './digits.ts'
import { formatDuration, formatRunning } from './duration.ts'
import {
  formatBoolean,
  formatBytes,
  formatChange,
  formatCount,
  formatPercent,
  formatScore,
  formatShortCount,
} from './figures.ts'
import { formatId, idSpellings } from './id.ts'
import { formatCached, formatSpeed, formatTokenPair, formatTokens } from './tokens.ts'

describe('durations', () => {
  test.each([
    [undefined, '–'],
    [null, '–'],
    [Number.NaN, '–'],
    [0, '0 ms'],
    [0.42, '0.42 ms'],
    [0.0042, '0.0042 ms'],
    [0.996, '1 ms'],
    [1.4, '1 ms'],
    [420, '420 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1000, '1.00 s'],
    [4210, '4.21 s'],
    [42_100, '42.1 s'],
    [59_940, '59.9 s'],
    [59_960, '1m 00s'],
    [187_000, '3m 07s'],
    [3_599_600, '1h 00m'],
    [7_500_000, '2h 05m'],
    [100_800_000, '1d 4h'],
    [-420, '−420 ms'],
  ])('%s ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

  test.each([
    [undefined, '–'],
    [12_400, '12.4 s…'],
    [59_980, '1m 00s…'],
    [-5, '0.0 s…'],
    [187_000, '3m 07s…'],
  ])('running for %s ms is %s', (ms, text) => expect(formatRunning(ms)).toBe(text))
})

describe('costs', () => {
  test.each([
    [undefined, '–'],
    [0, '$0'],
    [0.0000012, '$0.0000012'],
    [1e-12, '$0.000000000001'],
    [0.00412, '$0.0041'],
    [0.00996, '$0.01'],
    [0.0421, '$0.0421'],
    [0.5, '$0.5'],
    [0.182, '$0.182'],
    [0.9996, '$1.00'],
    [12.34, '$12.34'],
    [84.2, '$84.20'],
    [999.996, '$1,000'],
    [1234.4, '$1,234'],
    [999_999.7, '$1M'],
    [1_230_000, '$1.23M'],
    [2_500_000_000, '$2.5B'],
    [-0.0421, '−$0.0421'],
  ])('%s dollars are %s', (dollars, text) => expect(formatCost(dollars)).toBe(text))

  test('an estimate says so', () => expect(formatCost(0.0421, { isEstimate: true })).toBe('$0.0421~'))

  test.each([
    [0.0000025, '$2.50 / M'],
    [0.000000075, '$0.075 / M'],
    [undefined, '–'],
  ])('%s a token is quoted as %s', (price, text) => expect(formatPrice(price)).toBe(text))

  test('no cost is shown with an exponent, and what is shown is near what is meant', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 999_000, noNaN: true }), (dollars) => {
        const text = formatCost(dollars)
        expect(text).toMatch(/^\$[\d,]+(\.\d+)?$/)
        expect(Math.abs(Number(text.replace(/[$,]/g, '')) - dollars) / dollars).toBeLessThanOrEqual(0.05)
      }),
    )
  })
})

describe('tokens', () => {
  test.each([
    [undefined, '–'],
    [0, '0'],
    [840, '840'],
    [999, '999'],
    [1000, '1k'],
    [1234, '1.23k'],
    [9100, '9.1k'],
    [12_345, '12.3k'],
    [123_456, '123k'],
    [999_600, '1M'],
    [1_234_567, '1.23M'],
  ])('%s are %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text))

  test('pairs, the cached part and speed', () => {
    expect(formatTokenPair(12_300, 840)).toBe('12.3k → 840')
    expect(formatTokenPair(12_300, undefined)).toBe('12.3k → –')
    expect(formatTokenPair(undefined, null)).toBe('–')
    expect(formatCached(9100)).toBe('9.1k cached')
    expect(formatCached(undefined)).toBe('–')
    expect(formatSpeed(41.23)).toBe('41.2 tok/s')
    expect(formatSpeed(12_345)).toBe('12.3k tok/s')
    expect(formatSpeed(undefined)).toBe('–')
  })
})

describe('other figures', () => {
  test('counts', () => {
    expect(formatCount(1234)).toBe('1,234')
    expect(formatCount(1_234_567, { isEstimate: true })).toBe('≈ 1,234,567')
    expect(formatCount(undefined)).toBe('–')
    expect(formatShortCount(12_400)).toBe('12.4k')
    expect(formatShortCount(undefined)).toBe('–')
  })

  test.each([
    [undefined, '–'],
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [4_200_000, '4.2 MB'],
    [543_000_000, '540 MB'],
    [2_100_000, '2.1 MB'],
  ])('%s bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  test.each([
    [undefined, '–'],
    [0, '0 %'],
    [0.004, '0.4 %'],
    [0.0123, '1.2 %'],
    [0.61, '61 %'],
    [1, '100 %'],
    [12.34, '1,234 %'],
  ])('a share of %s is %s', (share, text) => expect(formatPercent(share)).toBe(text))

  test.each([
    [112, 100, { direction: 'up', text: '+12 %' }],
    [97, 100, { direction: 'down', text: '−3 %' }],
    [100, 100, { direction: 'same', text: '±0 %' }],
    [1, 0, undefined],
    [undefined, 5, undefined],
  ])('%s after %s', (now, before, change) => expect(formatChange(now, before)).toEqual(change))

  test.each([
    [undefined, '–'],
    [0.91, '0.91'],
    [2 / 3, '0.667'],
    [0, '0'],
    [-1, '−1'],
    [12_345, '12,300'],
  ])('a score of %s is %s', (value, text) => expect(formatScore(value)).toBe(text))

  test('yes and no have a mark and a word', () => {
    expect(formatBoolean(true)).toEqual({ mark: '✓', text: 'yes' })
    expect(formatBoolean(false)).toEqual({ mark: '✗', text: 'no' })
  })

  test('digits', () => {
    expect(grouped('1234567.891')).toBe('1,234,567.891')
    expect(significant(999.9, 3)).toBe('1000')
    expect(significant(0.00012345, 2)).toBe('0.00012')
  })
})

describe('ids', () => {
  test.each([
    ['sess-001', 'sess-001'],
    ['123456789012', '123456789012'],
    ['3f9a1c00112233445566778899aad21e', '3f9a1c…d21e'],
  ])('%s is shown as %s', (id, text) => expect(formatId(id)).toBe(text))

  test('a UUID is searched with and without its dashes', () => {
    const [dashed, plain] = ['3f9a1c00-1122-3344-5566-778899aad21e', '3f9a1c00112233445566778899aad21e']
    expect(idSpellings(` ${dashed}`)).toEqual([dashed, plain])
    expect(idSpellings(plain)).toEqual([plain, dashed])
    expect(idSpellings('run-1')).toEqual(['run-1'])
  })
})
