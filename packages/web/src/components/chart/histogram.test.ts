import { type ComponentProps, createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { Histogram } from './histogram.tsx'
import type { HistogramBar } from './histogram-scale.ts'

type Part = Partial<ComponentProps<typeof Histogram>>

const drawn = (part: Part): string =>
  renderToStaticMarkup(
    createElement(Histogram, {
      noun: 'traces',
      bars: [[0, 1234, 2]],
      stepMs: 1000,
      isEstimated: false,
      interval: { fromMs: 0, toMs: 3000 },
      onZoom: () => {},
      ...part,
    }),
  )

const THREE: readonly HistogramBar[] = [
  [0, 5, 1],
  [1000, 3, 0],
  [2000, 2, 0],
]
const p90 = (...values: (number | null)[]): Part => ({
  bars: THREE,
  figure: { label: 'p90 latency', values, format: formatDuration },
})
const cost = (...values: (number | null)[]): Part => ({
  bars: THREE,
  figure: { label: 'cost', values, format: formatCost },
})

describe('the histogram says to readers what it shows', () => {
  test.each<[string, Part, string]>([
    ['counts', {}, '1,234 traces over time, 2 with an error'],
    ['estimated counts', { isEstimated: true }, '≈ 1,234 traces over time, ≈ 2 with an error'],
    ['latencies', p90(420, 1200, 4210), 'p90 latency of traces over time, 420 ms to 4.21 s'],
    [
      'latencies of the newest rows',
      { ...p90(null, 1200, 4210), isEstimated: true },
      'p90 latency of traces over time, ≈ 1.20 s to ≈ 4.21 s, not known in 1 of 3 bars',
    ],
    ['costs that are all the same', cost(0, 0, 0), 'cost of traces over time, $0'],
    ['costs that nobody knows', cost(null, null, null), 'cost of traces over time, not known'],
  ])('%s', (_, part, label) => {
    expect(drawn(part)).toContain(`aria-label="${label}"`)
  })
})

test.each<[string, Part, number]>([
  ['counts with errors at the foot', { bars: THREE }, 6],
  ['a figure, and gaps where it is not known', p90(1, null, 2), 4],
  ['zero, which is known', cost(0, null, null), 2],
])('it draws %s', (_, part, rectangles) => {
  expect(drawn(part).split('<rect').length - 1).toBe(rectangles)
})
