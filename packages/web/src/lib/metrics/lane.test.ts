import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extentOf, heightOf, laneLine, laneSpan, runsOf, valueAt } from './lane.ts'

const line = (...points: [ms: number, value: number][]) =>
  laneLine(
    'one',
    points.map(([ms, value]) => ({ ms, value })),
    1000,
  )

describe('what is asked for', () => {
  test.each([
    ['a moment', [100_000, 100_050], ['1s', 40_000, 170_000]],
    ['five minutes', [0, 300_000], ['1s', -60_000, 360_000]],
    ['an hour', [3_600_000, 7_200_000], ['15s', 3_540_000, 7_260_000]],
    ['a day', [0, 86_400_000], ['300s', -600_000, 87_000_000]],
  ] as const)('for %s', (_, [fromMs, toMs], expected) => {
    const span = laneSpan({ fromMs, toMs })
    expect([span.step.text, span.fromMs, span.toMs]).toEqual(expected)
  })

  test('holds the span in at most some hundred buckets', () => {
    fc.assert(
      fc.property(fc.nat(2e12), fc.nat(3e10), (fromMs, lengthMs) => {
        const span = laneSpan({ fromMs, toMs: fromMs + lengthMs })
        expect(span.fromMs).toBeLessThan(fromMs)
        expect(span.toMs).toBeGreaterThan(fromMs + lengthMs)
        expect((span.toMs - span.fromMs) / span.step.ms).toBeLessThan(1000)
        expect(Number.isInteger(span.fromMs / span.step.ms)).toBe(true)
      }),
    )
  })
})

describe('points are joined', () => {
  test.each([
    ['as long as they come evenly', line([0, 1], [30_000, 2], [60_000, 3]), [3]],
    ['over one that is missing', line([0, 1], [30_000, 2], [90_000, 3]), [3]],
    ['not over a hole', line([0, 1], [10_000, 2], [20_000, 2], [90_000, 3]), [3, 1]],
    ['with itself where there is but one', line([0, 1]), [1]],
    ['none', line(), []],
  ])('%s', (_, one, lengths) => {
    expect(runsOf(one).map((run) => run.length)).toEqual(lengths)
  })
})

describe('the value at', () => {
  const one = line([0, 1], [10_000, 2], [20_000, 3], [100_000, 4])
  test.each([
    ['a point', 10_000, 2],
    ['nearer to the one before', 14_000, 2],
    ['nearer to the one after', 16_000, 3],
    ['shortly before the first', -5000, 1],
    ['long before the first', -50_000, undefined],
    ['a hole', 60_000, undefined],
    ['the end', 101_000, 4],
  ])('%s', (_, ms, value) => expect(valueAt(one, ms)).toBe(value))
  test('of nothing', () => expect(valueAt(line(), 0)).toBeUndefined())
})

describe('the height', () => {
  test.each([
    ['begins at 0 where values are far apart', { min: 2, max: 10 }, { min: 0, max: 10 }],
    ['shows what differs among large values', { min: 60, max: 61 }, { min: 60, max: 61 }],
    ['of one value begins at 0', { min: 5, max: 5 }, { min: 0, max: 5 }],
    ['of 0 is something', { min: 0, max: 0 }, { min: 0, max: 1 }],
    ['ends at 0 below it', { min: -10, max: -2 }, { min: -10, max: 0 }],
    ['spans both sides', { min: -1, max: 1 }, { min: -1, max: 1 }],
  ])('%s', (_, extent, height) => expect(heightOf(extent)).toEqual(height))
  test('of all lines', () => expect(extentOf([line([0, 3]), line([0, 1], [1, 2]), line()])).toEqual({ min: 1, max: 3 }))
  test('of none', () => expect(extentOf([])).toBeUndefined())
})
