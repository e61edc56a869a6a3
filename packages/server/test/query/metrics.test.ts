import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findDailyMetrics } from '#query/daily-metrics.ts'
import { findMetricNames } from '#query/metric-names.ts'
import { findSeries, type MetricAggregation, type SeriesQuestion } from '#query/metric-series.ts'
import type { Reader } from '#query/reader.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT, type Seeder } from '../support/seed.ts'

let opened: TestEngine
let reader: Reader
let seed: Seeder

const DAY = '2026-01-02T'

beforeAll(async () => {
  opened = await openTestEngine()
  reader = { engine: opened.engine, projectId: PROJECT }
  seed = createSeeder(opened.engine)
  const point = (value: number, time: string, labels = {}) => ({
    name: 'load',
    value,
    time: at(`${DAY}${time}Z`),
    labels,
  })
  await seed.points(
    point(1, '12:00:00', { gpu: '0', node: 'a' }),
    point(3, '12:00:30', { gpu: '0', node: 'a' }),
    point(2, '12:00:20', { gpu: '0', node: 'a' }),
    point(10, '12:00:59.999', { gpu: '1', node: 'a' }),
    point(20, '12:01:00', { gpu: '1', node: 'a' }),
    point(5, '12:01:10', { gpu: '0' }),
    point(5, '12:01:10', { gpu: '0' }),
    {
      name: 'load',
      value: 1000,
      time: at(`${DAY}12:00:00Z`),
      labels: { gpu: '0', node: 'a' },
      projectId: OTHER_PROJECT,
    },
    { name: 'alpha', value: 1, time: at(`${DAY}12:00:00Z`) },
    { name: 'theirs', value: 1, time: at(`${DAY}12:00:00Z`), projectId: OTHER_PROJECT },
  )
}, 60_000)

afterAll(() => opened.close())

const ask = (options: Partial<SeriesQuestion> = {}) =>
  findSeries(reader, {
    name: 'load',
    from: at(`${DAY}12:00:00Z`),
    to: at(`${DAY}13:00:00Z`),
    labels: {},
    stepSeconds: 60,
    aggregation: 'avg',
    groupBy: [],
    ...options,
  })

const flat = async (options: Partial<SeriesQuestion>) => {
  const { series } = await ask(options)
  return series.map(({ labels, values }) => [
    labels,
    values.map(({ start, value }) => [new Date(Number(start / 1_000_000n)).toISOString().slice(11, 16), value]),
  ])
}

describe('series', () => {
  test('names, sorted, of the project', async () => {
    expect(await findMetricNames(reader)).toEqual(['alpha', 'load'])
  })

  test('one a label set, sorted by labels, values by time', async () => {
    expect(await flat({})).toEqual([
      [{ gpu: '0' }, [['12:01', 5]]],
      [{ gpu: '0', node: 'a' }, [['12:00', 2]]],
      [
        { gpu: '1', node: 'a' },
        [
          ['12:00', 10],
          ['12:01', 20],
        ],
      ],
    ])
  })

  test.each<[MetricAggregation, number]>([
    ['avg', 2],
    ['max', 3],
    ['min', 1],
    ['sum', 6],
    ['last', 3],
    ['count', 3],
    ['rate', 0.1],
    ['p50', 2],
    ['p90', 2.8],
  ])('%s', async (aggregation, value) => {
    const { series } = await ask({ aggregation, labels: { gpu: '0', node: 'a' } })
    expect(series).toMatchObject([{ values: [{ value: expect.closeTo(value, 12) }] }])
  })

  test.each<[string, Partial<SeriesQuestion>, unknown]>([
    ['labels must all be there', { labels: { gpu: '0', node: 'a' } }, [[{ gpu: '0', node: 'a' }, [['12:00', 2]]]]],
    ['an unknown label', { labels: { nope: '' } }, []],
    [
      'by one key',
      { groupBy: ['gpu'] },
      [
        [
          { gpu: '0' },
          [
            ['12:00', 2],
            ['12:01', 5],
          ],
        ],
        [
          { gpu: '1' },
          [
            ['12:00', 10],
            ['12:01', 20],
          ],
        ],
      ],
    ],
    [
      'a missing label is null',
      { groupBy: ['node'], aggregation: 'sum' },
      [
        [
          { node: 'a' },
          [
            ['12:00', 16],
            ['12:01', 20],
          ],
        ],
        [{ node: null }, [['12:01', 10]]],
      ],
    ],
    [
      'by two keys',
      { groupBy: ['node', 'gpu'], aggregation: 'count', labels: { node: 'a' } },
      [
        [{ node: 'a', gpu: '0' }, [['12:00', 3]]],
        [
          { node: 'a', gpu: '1' },
          [
            ['12:00', 1],
            ['12:01', 1],
          ],
        ],
      ],
    ],
    [
      'equal points count twice',
      { labels: { gpu: '0' }, aggregation: 'count', from: at(`${DAY}12:01:00Z`) },
      [[{ gpu: '0' }, [['12:01', 2]]]],
    ],
    [
      'both ends are inclusive',
      { from: at(`${DAY}12:00:30Z`), to: at(`${DAY}12:01:00Z`), aggregation: 'count', groupBy: ['gpu'] },
      [
        [{ gpu: '0' }, [['12:00', 1]]],
        [
          { gpu: '1' },
          [
            ['12:00', 1],
            ['12:01', 1],
          ],
        ],
      ],
    ],
    [
      'an hour a bucket',
      { stepSeconds: 3600, aggregation: 'max', groupBy: ['none'] },
      [[{ none: null }, [['12:00', 20]]]],
    ],
    ['an unknown name', { name: 'nope' }, []],
  ])('%s', async (...[, options, expected]) => {
    expect(await flat(options)).toEqual(expected)
  })

  test('the newest point, of all and of each, and nothing without data', async () => {
    const answer = await ask()
    expect(answer.latestPoint).toBe(at(`${DAY}12:01:10Z`))
    const newest = answer.series.map(({ latestPoint }) => latestPoint)
    expect(newest.every((one) => one <= at(`${DAY}12:01:10Z`))).toBe(true)
    expect(newest).toContain(at(`${DAY}12:01:10Z`))
    expect(await ask({ name: 'nope' })).toEqual({ series: [], isTruncated: false, latestPoint: undefined })
  })

  test('at most 50 series and 1000 points, and it says so', async () => {
    const time = (second: number) => at(`${DAY}00:00:00Z`) + BigInt(second) * 1_000_000_000n
    await seed.points(
      ...Array.from({ length: 51 }, (_, index) => ({
        name: 'wide',
        value: 1,
        time: time(0),
        labels: { n: String(index).padStart(2, '0') },
      })),
    )
    await seed.points(
      ...Array.from({ length: 1001 }, (_, second) => ({ name: 'long', value: second, time: time(second) })),
    )
    const day = { from: time(0), to: time(86_400), stepSeconds: 1 }
    const wide = await ask({ ...day, name: 'wide' })
    expect([wide.series.length, wide.series.at(-1)?.labels, wide.isTruncated]).toEqual([50, { n: '49' }, true])
    const long = await ask({ ...day, name: 'long' })
    expect([long.series[0]?.values.length, long.series[0]?.values[0]?.value, long.isTruncated]).toEqual([1000, 1, true])
    expect((await ask({ ...day, name: 'long', from: time(1) })).isTruncated).toBe(false)
  })

  test('percentiles interpolate between the nearest ranks', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 }),
        async (values) => {
          const name = `property-${run++}`
          await seed.points(...values.map((value) => ({ name, value, time: at(`${DAY}12:00:00Z`) })))
          const sorted = [...values].sort((a, b) => a - b)
          for (const [aggregation, q] of [
            ['p50', 0.5],
            ['p95', 0.95],
            ['p99', 0.99],
          ] as const) {
            const place = (sorted.length - 1) * q
            const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
            const { series } = await ask({ name, aggregation })
            expect(series[0]?.values[0]?.value).toBeCloseTo(low + (high - low) * (place - Math.floor(place)), 9)
          }
        },
      ),
      { numRuns: 10 },
    )
  })
})

describe('days', () => {
  beforeAll(async () => {
    await seed.traces(
      {
        id: 't1',
        timestamp: at('2026-03-01T00:00:00Z'),
        name: 'a',
        tags: ['x', 'y'],
        userId: 'u',
        version: '1',
        release: 'r',
      },
      { id: 't2', timestamp: at('2026-03-01T23:59:59.999Z'), name: 'b', environment: 'prod' },
      { id: 't3', timestamp: at('2026-03-02T00:00:00Z'), name: 'a' },
      { id: 't4', timestamp: at('2026-03-02T00:00:00Z'), projectId: OTHER_PROJECT },
    )
    await seed.observations(
      {
        id: 'o1',
        traceId: 't1',
        startTime: at('2026-03-01T01:00:00Z'),
        model: 'm1',
        usage: { input: 1, output: 2, total: 3 },
        totalCost: 0.5,
      },
      {
        id: 'o2',
        traceId: 't1',
        startTime: at('2026-03-01T02:00:00Z'),
        model: 'm1',
        usage: { input: 1, input_cached: 4, total: 5 },
        totalCost: 0.25,
      },
      { id: 'o3', traceId: 't2', startTime: at('2026-03-01T02:00:00Z') },
      { id: 'o4', traceId: 'orphan', startTime: at('2026-03-04T00:00:00Z'), model: 'm2', totalCost: 1 },
      {
        id: 'o5',
        traceId: 't4',
        startTime: at('2026-03-04T00:00:00Z'),
        model: 'm2',
        totalCost: 1,
        projectId: OTHER_PROJECT,
      },
    )
  })

  const ask = (options: object = {}) =>
    findDailyMetrics(reader, { page: 1, limit: 50, filters: [], times: [], ...options })

  test('newest first, by model', async () => {
    const none = { model: undefined, inputUsage: 0, outputUsage: 0, totalUsage: 0, totalCost: 0 }
    expect(await ask()).toEqual({
      totalItems: 3,
      values: [
        {
          date: '2026-03-04',
          countTraces: 0,
          countObservations: 1,
          totalCost: 1,
          usage: [{ ...none, model: 'm2', totalCost: 1, countObservations: 1, countTraces: 1 }],
        },
        { date: '2026-03-02', countTraces: 1, countObservations: 0, totalCost: 0, usage: [] },
        {
          date: '2026-03-01',
          countTraces: 2,
          countObservations: 3,
          totalCost: 0.75,
          usage: [
            {
              model: 'm1',
              inputUsage: 6,
              outputUsage: 2,
              totalUsage: 8,
              totalCost: 0.75,
              countObservations: 2,
              countTraces: 1,
            },
            { ...none, countObservations: 1, countTraces: 1 },
          ],
        },
      ],
    })
  })

  test.each<[string, object, [string, number, number][]]>([
    ['second page', { page: 2, limit: 2 }, [['2026-03-01', 2, 3]]],
    ['past the end', { page: 3, limit: 2 }, []],
    [
      'trace name',
      { filters: [{ type: 'string', column: 'name', operator: '=', value: 'a' }] },
      [
        ['2026-03-02', 1, 0],
        ['2026-03-01', 1, 2],
      ],
    ],
    [
      'tags',
      { filters: [{ type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['x', 'y'] }] },
      [['2026-03-01', 1, 2]],
    ],
    [
      'environment',
      { filters: [{ type: 'stringOptions', column: 'environment', operator: 'any of', value: ['prod'] }] },
      [['2026-03-01', 1, 1]],
    ],
    [
      'from',
      { times: [{ type: 'datetime', column: 'timestamp', operator: '>=', value: at('2026-03-02T00:00:00Z') }] },
      [
        ['2026-03-04', 0, 1],
        ['2026-03-02', 1, 0],
      ],
    ],
    [
      'to',
      { times: [{ type: 'datetime', column: 'timestamp', operator: '<', value: at('2026-03-02T00:00:00Z') }] },
      [['2026-03-01', 2, 3]],
    ],
  ])('%s', async (...[, options, expected]) => {
    const { values } = await ask(options)
    expect(values.map(({ date, countTraces, countObservations }) => [date, countTraces, countObservations])).toEqual(
      expected,
    )
  })
})
