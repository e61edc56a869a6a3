import { describe, expect, test } from 'vitest'
import { cutsOf, lacksPoints, sentenceOf } from './cuts.ts'
import type { Answer } from './series-lines.ts'

function answer(
  letter: string,
  { series, points, truncated = true }: { series: number; points: number; truncated?: boolean },
): Answer {
  const values = Array.from({ length: points }, (_, index) => ({
    timestamp: new Date(index * 1000).toISOString(),
    value: 1,
  }))
  return {
    asked: { letter, aggregation: 'avg', metric: 'gpu', labels: [], by: [] },
    dto: {
      data: Array.from({ length: series }, (_, index) => ({ labels: { n: String(index) }, values })),
      meta: { series_count: series, truncated },
    },
  }
}

describe('what was left out', () => {
  test.each([
    ['nothing', answer('a', { series: 50, points: 1000, truncated: false }), []],
    ['series', answer('a', { series: 50, points: 2 }), [{ letter: 'a', lacks: ['series'] }]],
    ['points', answer('b', { series: 2, points: 1000 }), [{ letter: 'b', lacks: ['points'] }]],
    ['both', answer('c', { series: 50, points: 1000 }), [{ letter: 'c', lacks: ['series', 'points'] }]],
  ])('%s', (_, given, expected) => expect(cutsOf([given])).toEqual(expected))

  test('is said in a sentence', () => {
    const cuts = cutsOf([answer('a', { series: 50, points: 2 }), answer('b', { series: 1, points: 1000 })])
    expect(sentenceOf(cuts)).toBe(
      'Only a part is shown (a: the first 50 series by their labels; b: the newest 1,000 points of each series).',
    )
    expect(lacksPoints(cuts)).toBe(true)
    expect(lacksPoints(cuts.slice(0, 1))).toBe(false)
  })
})
