import { describe, expect, test } from 'vitest'
import { bucketTimes, latencySeries, modelSeries, modelTotals, traceSeries } from './overview-series.ts'

const figures = { cost: null, tokens: 0, p50: 1, p90: 2, p99: null }
const bucket = (startMs: number, traces: number, failed: number) => ({ startMs, traces, failed, ...figures })
const model = (startMs: number, name: string, cost: number | null) => ({
  startMs,
  model: name,
  calls: 1,
  cost,
  tokens: 5,
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

describe('models', () => {
  test('add up, and stay unknown where every price is', () => {
    expect(
      modelTotals([model(0, 'a', null), model(10, 'a', null), model(0, 'b', 1), model(10, 'b', null)], 'cost'),
    ).toEqual([
      { model: 'b', calls: 2, tokens: 10, cost: 1 },
      { model: 'a', calls: 2, tokens: 10, cost: null },
    ])
  })

  test('beyond seven are told together', () => {
    const models = Array.from({ length: 9 }, (_, index) => model(0, `m${index}`, 9 - index))
    const series = modelSeries([0], models, 'cost')
    expect(series.map(({ label, values }) => [label, values[0]]).slice(-2)).toEqual([
      ['m6', 3],
      ['other', 3],
    ])
    expect(series).toHaveLength(8)
  })
})
