import { describe, expect, test } from 'vitest'
import { timelineOf } from './timeline.ts'
import { traceRow as row } from './trace-row.fixture.ts'
import { neighbourOf } from './turns.ts'

const MINUTE = 60_000

describe('the timeline', () => {
  test('puts bars by their starts, as wide as they took', () => {
    const { bars, pauses } = timelineOf([row('b', 30_000, 30), row('a', 0, 30)])
    expect(bars.map(({ row: { id }, offsetMs, left, width }) => [id, offsetMs, left, width])).toEqual([
      ['a', 0, 0, 0.5],
      ['b', 30_000, 0.5, 0.5],
    ])
    expect(pauses).toEqual([])
  })

  test('folds long pauses', () => {
    const { bars, pauses } = timelineOf([row('a', 0, 60), row('b', 101 * MINUTE, 60)])
    expect(pauses).toMatchObject([{ ms: 100 * MINUTE }])
    expect(pauses[0]?.width).toBeLessThan(0.05)
    expect(bars[1]?.width).toBeGreaterThan(0.45)
  })

  test('has room for what took no time', () => expect(timelineOf([row('a', 5, 0)]).bars[0]?.left).toBe(0))
  test('of nothing', () => expect(timelineOf([])).toEqual({ bars: [], pauses: [] }))
})

describe('the turn beside', () => {
  const rows = [row('a', 0, 1), row('b', 1, 1)]
  test.each([
    ['none chosen, on', undefined, 1, 'a'],
    ['none chosen, back', undefined, -1, 'b'],
    ['on', 'a', 1, 'b'],
    ['back', 'b', -1, 'a'],
    ['at the end', 'b', 1, 'b'],
  ] as const)('%s', (...[, chosen, step, expected]) => expect(neighbourOf(rows, chosen, step)).toBe(expected))
  test('of nothing', () => expect(neighbourOf([], 'a', 1)).toBeUndefined())
})
