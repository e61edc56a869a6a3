import type { HistogramFigure } from '@xtrace/contract'
import { expect, test } from 'vitest'
import { figureLine } from './figures.ts'

type Answer = Parameters<typeof figureLine>[0]

const ERROR = new Error('The query takes too long')
const answer = (figures: (number | null)[], isEstimated = false): Answer => ({
  data: { figures, isEstimated },
  error: null,
})

test.each<[string, HistogramFigure, Answer, { readonly text: string; readonly hint: string | undefined }]>([
  ['nothing yet', 'p90', { data: undefined, error: null }, { text: '', hint: undefined }],
  ['a failure', 'p90', { data: undefined, error: ERROR }, { text: 'p90 latency not known', hint: ERROR.message }],
  ['latencies', 'p90', answer([420, null, 1200]), { text: 'p90 latency 420 ms to 1.20 s', hint: undefined }],
  ['a sum', 'cost', answer([0.5, null, 0.25]), { text: 'cost $0.75', hint: undefined }],
  ['nothing known', 'cost', answer([null, null]), { text: 'cost not known', hint: undefined }],
  ['no rows', 'p90', answer([]), { text: 'p90 latency not known', hint: undefined }],
  [
    'latencies of a part',
    'p90',
    answer([null, 1200], true),
    { text: 'p90 latency ≈ 1.20 s', hint: 'Of the newest rows alone: to read all takes too long' },
  ],
  [
    'an estimated sum',
    'cost',
    answer([0.5, 0.5], true),
    { text: 'cost ≈ $1.00', hint: 'Estimated from the newest rows: to add up all takes too long' },
  ],
])('of %s', (...[, figure, given, line]) => {
  expect(figureLine(given, figure)).toEqual(line)
})
