import { describe, expect, test } from 'vitest'
import { intervalOf, parseTimeRange, rolledOn, rollingLabel } from './time-range.ts'

describe('time ranges', () => {
  test.each([
    ['24h', { fromMs: 100_000_000 - 86_400_000, toMs: 100_000_000 }],
    [undefined, { fromMs: 100_000_000 - 86_400_000, toMs: 100_000_000 }],
    ['1970-01-01T00:00:01Z..1970-01-01T00:00:02Z', { fromMs: 1000, toMs: 2000 }],
    ['nonsense', { fromMs: 100_000_000 - 86_400_000, toMs: 100_000_000 }],
  ])('%s as instants', (text, interval) => expect(intervalOf(text, 100_000_000)).toEqual(interval))

  test.each(['0h', '2h..1h', '1970-01-02..1970-01-01', ''])('"%s" is none', (text) =>
    expect(parseTimeRange(text)).toBeUndefined(),
  )

  test('roll on, never back', () => {
    expect(rolledOn({ fromMs: 0, toMs: 10 }, 15)).toEqual({ fromMs: 5, toMs: 15 })
    expect(rolledOn({ fromMs: 0, toMs: 10 }, 5)).toEqual({ fromMs: 0, toMs: 10 })
  })

  test('have names', () => expect([rollingLabel('7d'), rollingLabel('1h')]).toEqual(['Last 7 days', 'Last hour']))
})
