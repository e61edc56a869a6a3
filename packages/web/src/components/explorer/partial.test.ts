import { describe, expect, test } from 'vitest'
import { partialText, scannedToOf } from './partial.ts'

const HOUR = 3_600_000
const TO = 1000 * 24 * HOUR

describe('how far a list was read', () => {
  test.each<[string, [number, number], string]>([
    ['days', [30 * 24, 6 * 24], 'Partial: scanned 6 of 30 days'],
    ['parts of a day', [7 * 24, 25], 'Partial: scanned 1 of 7 days'],
    ['a first hour of days', [7 * 24, 3], 'Partial: scanned 3h 00m of 7 days'],
    ['hours', [24, 10.25], 'Partial: scanned 10 of 24 hours'],
    ['minutes', [0.5, 0.25], 'Partial: scanned 15m 00s of 30m 00s'],
    ['nothing, of a clock that is fast', [24, -1], 'Partial: scanned 0 ms of 24 hours'],
  ])('in %s', (_, [hours, scanned], text) => {
    expect(partialText({ fromMs: TO - hours * HOUR, toMs: TO }, TO - scanned * HOUR)).toBe(text)
  })

  test.each([
    ['to its end', [{ scannedTo: 5 }, { scannedTo: null }], undefined],
    ['in part', [{ scannedTo: null }, { scannedTo: 5 }], 5],
  ])('%s, by its last page', (_, pages, expected) => {
    expect(scannedToOf({ pages })).toBe(expected)
  })
})
