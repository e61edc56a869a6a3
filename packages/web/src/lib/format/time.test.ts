import { describe, expect, test } from 'vitest'
import { isZone, listTimeStyle, timeFormat } from './time.ts'

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0)
const at = (iso: string) => Date.parse(iso)

describe.each([
  { zone: 'utc', date: 'Nov 20 14:03', clock: '14:03:27.412', offset: '+00:00' },
  { zone: 'America/New_York', date: 'Nov 20 09:03', clock: '09:03:27.412', offset: '-05:00' },
  { zone: 'Asia/Kolkata', date: 'Nov 20 19:33', clock: '19:33:27.412', offset: '+05:30' },
])('in $zone', ({ zone, date, clock, offset }) => {
  const full = `2026-11-20 ${clock} ${offset}`
  const format = timeFormat(zone)
  const time = at('2026-11-20T14:03:27.412Z')

  test('a time older than a day is a date', () => expect(format.when(time, NOW)).toBe(date))
  test('the clock', () => expect(format.clock(time)).toBe(clock))
  test('in full', () => expect(format.full(time)).toBe(full))
  test('the card lists each reading', () =>
    expect(format.card(time, NOW)).toEqual([
      { label: format.zoneName, text: full },
      { label: 'UTC', text: '2026-11-20T14:03:27.412Z' },
      { label: 'Relative', text: '1d ago' },
      { label: 'Unix ms', text: '1795183407412' },
    ]))
  test.each([
    [412, '0s'],
    [12_000, '12s'],
    [3 * 60_000, '3m'],
    [5 * 3_600_000 + 1, '5h'],
    [86_399_999, '23h'],
  ])('%s ms ago is %s', (ms, text) => expect(format.when(NOW - ms, NOW)).toBe(text))
  test('an input holds the time of the zone, by the second', () => {
    expect(format.instant(format.wall(time))).toBe(at('2026-11-20T14:03:27Z'))
    expect([format.wall(Number.NaN), format.instant('soon')]).toEqual(['', undefined])
  })
  test('what lies ahead says so', () => expect(format.when(NOW + 180_000, NOW)).toBe('in 3m'))
  test('what is no time is unknown', () => {
    expect(format.when(undefined, NOW)).toBe('–')
    expect(format.clock(Number.NaN)).toBe('–')
    expect(format.date(9e15, NOW)).toBe('–')
  })
})

test('another year is written out', () => {
  expect(timeFormat('utc').when(at('2025-03-01T00:05:00Z'), NOW)).toBe('Mar 1 2025 00:05')
  expect(timeFormat('Asia/Kolkata').when(at('2025-12-31T20:00:00Z'), NOW)).toBe('Jan 1 01:30')
})

test('midnight is 00, and the offset follows daylight saving', () => {
  const format = timeFormat('America/New_York')
  expect(format.full(at('2026-07-01T04:00:00Z'))).toBe('2026-07-01 00:00:00.000 -04:00')
  expect(format.full(at('2026-11-01T05:30:00Z'))).toBe('2026-11-01 01:30:00.000 -04:00')
  expect(format.full(at('2026-11-01T06:30:00Z'))).toBe('2026-11-01 01:30:00.000 -05:00')
})

test('zones', () => {
  expect(['local', 'utc', 'Europe/Berlin', 'Mars/Base'].map(isZone)).toEqual([true, true, true, false])
  expect(timeFormat('Mars/Base').zoneName).toBe(timeFormat('local').zoneName)
})

test('a list within five minutes shows the clock', () => {
  expect(listTimeStyle(0, 299_999)).toBe('clock')
  expect(listTimeStyle(300_000, 0)).toBe('when')
})

test.each([
  ['utc', '2026-11-20T14:03', '2026-11-20T14:03:00Z'],
  ['Asia/Kolkata', '2026-01-01T00:00:00', '2025-12-31T18:30:00Z'],
  ['America/New_York', '2026-03-08T01:59:59', '2026-03-08T06:59:59Z'],
  // Skipped, and shown twice.
  ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z'],
  ['America/New_York', '2026-03-08T03:00:00', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z'],
  ['America/New_York', '2026-11-01T02:00:00', '2026-11-01T07:00:00Z'],
])('in %s the clocks show %s at %s', (zone, wall, instant) => {
  expect(timeFormat(zone).instant(wall)).toBe(at(instant))
})
