import type { MetricSeriesDto } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { type Answer, csvRows, isStale, linesOf, onlyPositive } from './series-lines.ts'
import { autoStep, bucketStarts, coarserStep, spacingOf, stepOf } from './steps.ts'

const iso = (ms: number) => new Date(ms).toISOString()
type Series = MetricSeriesDto['data'][number]
const series = (labels: Series['labels'], ...values: [number, number][]): Series => ({
  labels,
  values: values.map(([at, value]) => ({ timestamp: iso(at), value })),
})
const answer = (letter: string, ...data: Series[]): Answer => ({
  asked: { letter, aggregation: 'avg', metric: 'gpu', labels: [], by: [] },
  dto: {
    data,
    meta: {
      latest_point_ts_by_series: data.flatMap(({ values }) => values.slice(-1).map(({ timestamp }) => timestamp)),
      series_count: data.length,
      truncated: false,
    },
  },
})

const TIMES = [0, 10_000, 20_000]

test('buckets without a point are gaps, points outside are left out', () => {
  const [line] = linesOf([answer('a', series({ node: 'x' }, [0, 1], [20_000, 4], [90_000, 9]))], TIMES)
  expect(line?.values).toEqual([1, null, 4])
  expect(line?.summary).toEqual({ last: 4, min: 1, mean: 2.5, max: 4 })
})

describe('lines are named', () => {
  test.each([
    ['by the only label', [answer('a', series({ node: 'x' }), series({ node: null }))], ['x', 'no node']],
    ['by all labels', [answer('a', series({ node: 'x', model: 'm' }))], ['node=x model=m']],
    ['by the text where there are none', [answer('a', series({}))], ['avg(gpu)']],
    [
      'with the letter of their text',
      [answer('a', series({ n: 'x' })), answer('b', series({ n: 'x' }))],
      ['a x', 'b x'],
    ],
    ['each in its own way', [answer('a', series({ n: 'x' }), series({ n: 'x' }))], ['x', 'x (2)']],
  ])('%s', (_, answers, expected) => {
    expect(linesOf(answers, TIMES).map(({ label }) => label)).toEqual(expected)
  })
})

test('stale are those without a point for 15 s', () => {
  const lines = linesOf([answer('a', series({ n: 'new' }, [20_000, 1]), series({ n: 'old' }, [14_999, 1]))], TIMES)
  expect(lines.map(({ newestMs }) => newestMs)).toEqual([20_000, 14_999])
  expect(lines.map((line) => isStale(line, 30_000))).toEqual([false, true])
})

test('rows of a file have gaps as they are', () => {
  const lines = linesOf([answer('a', series({ node: 'x' }, [0, 1], [20_000, 4.123456789]))], TIMES)
  expect(csvRows(TIMES, lines)).toEqual([
    ['time', 'x'],
    [iso(0), 1],
    [iso(10_000), null],
    [iso(20_000), 4.123456789],
  ])
})

test('a logarithmic axis has no 0', () => {
  const lines = linesOf([answer('a', series({}, [0, 0], [10_000, 2], [20_000, -1]))], TIMES)
  expect(onlyPositive(lines)[0]?.values).toEqual([null, 2, null])
})

describe('steps', () => {
  test.each([
    ['an hour', 3_600_000, '10s'],
    ['a day', 86_400_000, '5m'],
    ['ten years', 315_360_000_000, '30d'],
  ])('of %s', (_, toMs, expected) => expect(autoStep({ fromMs: 0, toMs }).text).toBe(expected))

  test('are as wide as points are apart', () => {
    expect(autoStep({ fromMs: 0, toMs: 3_600_000 }, 25_000).text).toBe('30s')
  })

  test.each([
    ['points in every bucket', [[1, 2, 3]], 10],
    ['a point in every third', [[1, null, null, 2, null, null, 3]], 30],
    ['an outage', [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, null, null, null, null, 12]], 10],
    ['one point', [[null, 1, null]], 0],
    ['nothing', [], 0],
  ])('the spacing of %s', (_, values, expected) => {
    expect(
      spacingOf(
        values.map((one) => ({ values: one })),
        10,
      ),
    ).toBe(expected)
  })

  test('as named, else automatic', () => {
    expect(stepOf('1h', { fromMs: 0, toMs: 1000 }).ms).toBe(3_600_000)
    expect(stepOf('1y', { fromMs: 0, toMs: 1000 }).text).toBe('5s')
  })

  test.each([
    ['5s', 3_600_000, '10s'],
    ['5s', 86_400_000, '2m'],
    ['30d', 86_400_000, undefined],
  ])('wider than %s', (text, toMs, expected) => {
    const interval = { fromMs: 0, toMs }
    expect(coarserStep(stepOf(text, interval), interval)?.text).toBe(expected)
  })

  test('begin at whole multiples', () => expect(bucketStarts({ fromMs: 25, toMs: 41 }, 10)).toEqual([20, 30, 40]))
})
