import { describe, expect, test } from 'vitest'
import { barAt, draggedInterval, type HistogramBar, placeBars } from './histogram-scale.ts'

const interval = { fromMs: 1000, toMs: 2000 }

describe('bars', () => {
  test('lie where their time is, as high as they are many', () => {
    const bars: HistogramBar[] = [
      [1000, 10, 5],
      [1500, 5, 0],
    ]
    expect(placeBars(bars, { stepMs: 100, interval })).toMatchObject([
      { left: 0, width: 0.1, value: 10, height: 1, errorHeight: 0.5 },
      { left: 0.5, width: 0.1, value: 5, height: 0.5, errorHeight: 0 },
    ])
  })

  test('are as high as what they tell, with gaps where that is not known', () => {
    const bars: HistogramBar[] = [
      [1000, 10, 5],
      [1100, 5, 0],
      [1200, 5, 0],
    ]
    const placed = placeBars(bars, { stepMs: 100, interval, values: [0.2, null, 0] })
    expect(placed).toMatchObject([
      { value: 0.2, height: 1, errorHeight: 0 },
      { value: null, height: 0 },
      { value: 0, height: 0 },
    ])
    expect(barAt(placed, 0.15)?.value).toBeNull()
    expect(barAt(placed, 0.35)).toBeUndefined()
  })

  test.each<[string, (number | null)[]]>([
    ['nothing known', [null]],
    ['nothing but zero', [0]],
    ['nothing told', []],
  ])('of %s have no height', (_, values) => {
    expect(placeBars([[1000, 1, 0]], { stepMs: 100, interval, values })).toMatchObject([{ height: 0 }])
  })

  test.each([
    ['is cut at the beginning', [950, 1, 0], { left: 0, width: 0.05 }],
    ['is cut at the end', [1950, 1, 0], { left: 0.95, width: 0.05 }],
  ] as const)('%s', (_, bar, expected) => {
    const [placed] = placeBars([bar], { stepMs: 100, interval })
    expect(placed?.left).toBeCloseTo(expected.left)
    expect(placed?.width).toBeCloseTo(expected.width)
  })

  test('of nothing, or beyond the interval, are not there', () => {
    expect(
      placeBars(
        [
          [1000, 0, 0],
          [2000, 1, 0],
          [800, 1, 0],
        ],
        { stepMs: 100, interval },
      ),
    ).toEqual([])
  })
})

describe('a drag', () => {
  test.each([
    ['to the right', 0.25, 0.75, { fromMs: 1250, toMs: 1750 }],
    ['to the left', 0.75, 0.25, { fromMs: 1250, toMs: 1750 }],
    ['beyond the edge', 0.5, 1.5, { fromMs: 1500, toMs: 2000 }],
    ['of no length', 0.5, 0.501, undefined],
  ])('%s', (...[, from, to, expected]) => {
    expect(draggedInterval(from, to, interval)).toEqual(expected)
  })
})
