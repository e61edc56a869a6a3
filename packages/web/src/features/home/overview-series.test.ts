import { describe, expect, test } from 'vitest'
import {
  bucketTimes,
  earlierSeries,
  groupSeries,
  groupTotals,
  latencySeries,
  scoreSeries,
  traceSeries,
} from './overview-series.ts'

const figures = { cost: null, tokens: 0, p50: 1, p90: 2, p99: null }
const bucket = (startMs: number, traces: number, failed: number) => ({ startMs, traces, failed, ...figures })
const group = (startMs: number, name: string, cost: number | null) => ({
  startMs,
  key: name,
  calls: 1,
  failed: 0,
  cost,
  tokens: 5,
  p90: 2,
})

describe('the times of an interval', () => {
  test.each([
    ['on its steps', { fromMs: 20, toMs: 50 }, [20, 30, 40]],
    ['beside them', { fromMs: 25, toMs: 41 }, [20, 30, 40]],
  ])('%s', (_, interval, expected) => {
    expect(bucketTimes(interval, 10)).toEqual(expected)
  })
})

test('a bucket of nothing has no traces and no latency', () => {
  const times = [0, 10]
  expect(traceSeries(times, [bucket(10, 5, 2)]).map(({ values }) => values)).toEqual([
    [0, 2],
    [0, 3],
  ])
  expect(latencySeries(times, [bucket(10, 5, 2)]).map(({ values }) => values)).toEqual([
    [null, null],
    [null, 2],
    [null, 1],
  ])
})

describe('groups', () => {
  test('add up, and stay unknown where every price is', () => {
    expect(
      groupTotals([group(0, 'a', null), group(10, 'a', null), group(0, 'b', 1), group(10, 'b', null)], 'cost'),
    ).toEqual([
      { key: 'b', calls: 2, failed: 0, tokens: 10, cost: 1, p90: 2 },
      { key: 'a', calls: 2, failed: 0, tokens: 10, cost: null, p90: 2 },
    ])
  })

  test('beyond seven are told together', () => {
    const groups = Array.from({ length: 9 }, (_, index) => group(0, `m${index}`, 9 - index))
    const series = groupSeries([0], groups, { measure: 'cost', none: 'no model' })
    expect(series.map(({ label, values }) => [label, values[0]]).slice(-2)).toEqual([
      ['m6', 3],
      ['other', 3],
    ])
    expect(series).toHaveLength(8)
  })

  test('without a key have a name', () => {
    const [series] = groupSeries([0], [group(0, '', 1)], { measure: 'cost', none: 'no user' })
    expect(series?.label).toBe('no user')
  })
})

test('the period before is drawn at the places of this one', () => {
  const { traces, p90 } = earlierSeries([0, 10], [bucket(0, 5, 2)])
  expect([traces.values, p90.values]).toEqual([
    [5, 0],
    [2, null],
  ])
})

test('the mean of a score is nothing where none was given', () => {
  const score = (startMs: number, name: string, mean: number) => ({ startMs, name, mean, count: 1 })
  const series = scoreSeries([0, 10], [score(0, 'helpful', 0.5), score(10, 'close', 3)])
  expect(series.map(({ label, values }) => [label, values])).toEqual([
    ['close', [null, 3]],
    ['helpful', [0.5, null]],
  ])
})
