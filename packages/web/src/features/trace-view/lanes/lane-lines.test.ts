import type { MetricSeriesDto } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { laneLines } from './lane-lines.ts'

type Series = MetricSeriesDto['data'][number]
const series = (labels: Series['labels'], ...seconds: number[]): Series => ({
  labels,
  values: seconds.map((second) => ({ timestamp: new Date(second * 1000).toISOString(), value: second })),
})
const lines = (...data: Series[]) => laneLines({ data }, { originMs: 10_000, stepMs: 2000 })

test('points lie in the middle of their buckets, counted from the trace', () => {
  expect(lines(series({}, 8, 10))[0]?.points).toEqual([
    { ms: -1000, value: 8 },
    { ms: 1000, value: 10 },
  ])
})

describe('labels', () => {
  test.each([
    ['of one line are all told', [series({ node: 'a', model: 'm' })], ['m a']],
    ['that all lines share are left out', [series({ node: 'a', m: 'x' }), series({ node: 'b', m: 'x' })], ['a', 'b']],
    ['one that tells all apart is enough', [series({ n: 'a', m: 'x' }), series({ n: 'b', m: 'y' })], ['x', 'y']],
    [
      'several where it takes them',
      [series({ n: 'a', m: 'x' }), series({ n: 'b', m: 'x' }), series({ n: 'a', m: 'y' })],
      ['x a', 'x b', 'y a'],
    ],
    ['that are missing are said', [series({ node: null }), series({ node: 'b' })], ['no node', 'b']],
    ['none', [series({})], ['']],
  ])('%s', (_, data, expected) => expect(lines(...data).map(({ label }) => label)).toEqual(expected))
})
