import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { msFromText, nanosFromText, textFromMs, textFromNanos } from './instants.ts'

const FIRST = BigInt(Date.UTC(1900, 0, 1)) * 1_000_000n
const LAST = BigInt(Date.UTC(2262, 3, 11)) * 1_000_000n

describe('textFromNanos', () => {
  test.each([
    ['the epoch', 0n, '1970-01-01 00:00:00.000000000'],
    ['a nanosecond before it', -1n, '1969-12-31 23:59:59.999999999'],
    ['every digit', 1_767_323_045_123_456_789n, '2026-01-02 03:04:05.123456789'],
    ['the first instant', FIRST, '1900-01-01 00:00:00.000000000'],
    ['the last instant', LAST, '2262-04-11 00:00:00.000000000'],
  ])('%s', (_name, ns, text) => {
    expect(textFromNanos(ns)).toBe(text)
  })
})

test('nanoseconds come back from their text', () => {
  fc.assert(fc.property(fc.bigInt(FIRST, LAST), (ns) => nanosFromText(textFromNanos(ns)) === ns))
})

test('days are those of the calendar', () => {
  const ms = fc.integer({ min: Number(FIRST / 1_000_000n), max: Number(LAST / 1_000_000n) })
  fc.assert(
    fc.property(ms, (value) => textFromMs(value) === new Date(value).toISOString().replace('T', ' ').slice(0, -1)),
  )
})

test('milliseconds come back from their text', () => {
  const ms = fc.integer({ min: Number(FIRST / 1_000_000n), max: Number(LAST / 1_000_000n) })
  fc.assert(fc.property(ms, (value) => msFromText(textFromMs(value)) === value))
})
