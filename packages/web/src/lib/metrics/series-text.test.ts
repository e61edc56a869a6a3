import { METRIC_AGGREGATION_NAMES } from '@xtrace/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSeries, printSeries, type SeriesSpec } from './series-text.ts'

const spec = (change: Partial<SeriesSpec>): SeriesSpec => ({
  aggregation: 'avg',
  metric: 'gpu',
  labels: [],
  by: [],
  ...change,
})

describe('a line is read', () => {
  test.each<[string, SeriesSpec]>([
    ['gpu', spec({})],
    ['gpu{node=a} by node', spec({ labels: [['node', 'a']], by: ['node'] })],
    ['p99(gpu{})', spec({ aggregation: 'p99' })],
    [
      ' max( gpu { node = "a b" , m = m1 } ) by node, m ',
      spec({
        aggregation: 'max',
        labels: [
          ['node', 'a b'],
          ['m', 'm1'],
        ],
        by: ['node', 'm'],
      }),
    ],
    ['sum("by(x)")', spec({ aggregation: 'sum', metric: 'by(x)' })],
  ])('%s', (text, expected) => expect(parseSeries(text)).toEqual({ ok: true, spec: expected }))
})

describe('a broken line says why', () => {
  test.each([
    ['', 'a metric or an aggregation is missing at the end'],
    ['median(gpu)', /^“median” is none of avg/],
    ['avg(gpu', '“)” is missing at the end'],
    ['avg(gpu{node})', '“=” is missing before “}”'],
    ['avg(gpu) by', 'a label to group by is missing at the end'],
    ['avg(gpu) of', '“of” is too much'],
    ['avg(gpu) %', '“%” is too much'],
  ])('%s', (text, reason) => {
    expect(parseSeries(text)).toEqual({
      ok: false,
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    })
  })
})

test('whatever is printed reads as it was', () => {
  const word = fc.string({ unit: 'binary' })
  const specs = fc.record({
    aggregation: fc.constantFrom(...METRIC_AGGREGATION_NAMES),
    metric: word,
    labels: fc.array(fc.tuple(word, word)),
    by: fc.array(word),
  })
  fc.assert(
    fc.property(specs, (given) => {
      expect(parseSeries(printSeries(given))).toEqual({ ok: true, spec: given })
    }),
  )
})
