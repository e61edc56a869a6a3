import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clampNanos, isoFromNanos, MAX_NANOS, MIN_NANOS, msFromNanos, nanosFromMs, parseIso } from './time.ts'

describe('parseIso', () => {
  test.each<[string, string | undefined]>([
    ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04Z', '2026-01-02T03:04:00.000Z'],
    ['2026-01-02T03:04:05.678901+00:00', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04:05+05:30', '2026-01-01T21:34:05.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2025-02-29T00:00:00Z', undefined],
    ['2026-13-01T00:00:00Z', undefined],
    ['2026-01-02T03:04:05', undefined],
    ['2026-01-02 03:04:05Z', undefined],
    ['2026-01-02T03:04:05+0200', undefined],
    ['2026-01-02T03:04:05+24:00', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    const ns = parseIso(text)
    expect(ns === undefined ? undefined : isoFromNanos(ns)).toBe(expected)
  })

  test('keeps nanoseconds', () => {
    expect((parseIso('1970-01-01T00:00:00.123456789Z') ?? 0n) % 1_000_000_000n).toBe(123_456_789n)
  })
})

test('milliseconds go to nanoseconds and back', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (ms) => msFromNanos(nanosFromMs(ms)) === ms))
})

test.each([
  ['before the first instant', -(10n ** 30n), MIN_NANOS],
  ['after the last instant', 10n ** 30n, MAX_NANOS],
  ['within', 5n, 5n],
])('clampNanos %s', (_name, ns, expected) => {
  expect(clampNanos(ns)).toBe(expected)
})
