/** What a question of metrics may say of time, order and limits, and what is refused (public-api contract §12). */
import { describe, expect, test } from 'vitest'
import { readDescription } from '../support/openapi.ts'
import { anyOf, by, COUNT, metricsWorld, of, order, type Question, SPAN, time, V1, V2, where } from './metrics-world.ts'

const { server, send, rows } = metricsWorld()

describe('time', () => {
  test.each<[string, Question, unknown[]]>([
    [
      'minutes',
      { granularity: 'minute', toTimestamp: '2026-01-02T12:03:00Z', fromTimestamp: '2026-01-02T11:59:30Z' },
      [
        ['2026-01-02T11:59:00Z', 0],
        ['2026-01-02T12:00:00Z', 1],
        ['2026-01-02T12:01:00Z', 1],
        ['2026-01-02T12:02:00Z', 0],
      ],
    ],
    [
      'hours',
      { granularity: 'hour', fromTimestamp: '2026-01-02T11:00:00Z', toTimestamp: '2026-01-02T12:30:00Z' },
      [
        ['2026-01-02T11:00:00Z', 0],
        ['2026-01-02T12:00:00Z', 2],
      ],
    ],
    [
      'weeks from Monday',
      { granularity: 'week' },
      [
        ['2025-12-29', 3],
        ['2026-01-05', 1],
      ],
    ],
    [
      'months',
      { granularity: 'month', fromTimestamp: '2025-11-30T00:00:00Z' },
      [
        ['2025-11-01', 0],
        ['2025-12-01', 0],
        ['2026-01-01', 4],
      ],
    ],
    [
      'auto: four days are hours of a day',
      { granularity: 'auto', fromTimestamp: '2026-01-02T12:00:00Z', toTimestamp: '2026-01-02T13:00:00Z' },
      expect.arrayContaining([['2026-01-02T12:01:00Z', 1]]),
    ],
    [
      'both ends are inclusive',
      { granularity: 'day', fromTimestamp: '2026-01-02T12:01:00Z', toTimestamp: '2026-01-05T08:00:00Z' },
      [
        ['2026-01-02', 1],
        ['2026-01-03', 1],
        ['2026-01-04', 0],
        ['2026-01-05', 1],
      ],
    ],
    [
      'no empty bucket that begins at the end',
      { granularity: 'day', toTimestamp: '2026-01-03T00:00:00Z' },
      [['2026-01-02', 2]],
    ],
    [
      'as many rows as allowed',
      { granularity: 'day', config: { row_limit: 3 } },
      [
        ['2026-01-02', 2],
        ['2026-01-03', 1],
        ['2026-01-04', 0],
      ],
    ],
    [
      'an order of its own: no gaps filled',
      { granularity: 'day', orderBy: order('time_dimension', 'desc') },
      [
        ['2026-01-05', 1],
        ['2026-01-03', 1],
        ['2026-01-02', 2],
      ],
    ],
    [
      'too many gaps to fill',
      { granularity: 'minute', fromTimestamp: '2025-01-01T00:00:00Z' },
      [
        ['2026-01-02T12:00:00Z', 1],
        ['2026-01-02T12:01:00Z', 1],
        ['2026-01-03T08:00:00Z', 1],
        ['2026-01-05T08:00:00Z', 1],
      ],
    ],
  ])('%s', async (...[, { granularity, ...question }, expected]) => {
    const data = await rows({ timeDimension: { granularity }, ...question })
    const pairs = Array.isArray(data) ? data.map((row) => [row['time_dimension'], row['count_count']]) : data
    expect(pairs).toEqual(expected)
  })

  test('what a gap says of each aggregation', async () => {
    expect(
      await rows({
        dimensions: by('name'),
        timeDimension: { granularity: 'day' },
        fromTimestamp: '2026-01-04T00:00:00Z',
        toTimestamp: '2026-01-04T01:00:00Z',
        metrics: of('sum_latency', 'uniq_latency', 'avg_latency', 'p50_latency', 'histogram_latency'),
      }),
    ).toEqual([
      {
        time_dimension: '2026-01-04',
        name: null,
        sum_latency: 0,
        uniq_latency: 0,
        avg_latency: null,
        p50_latency: null,
        histogram_latency: [],
      },
    ])
  })
})

describe('order and limits', () => {
  test.each<[string, Question, unknown[]]>([
    ['the first metric, highest first', { metrics: of('sum_totalTokens', 'count_count') }, ['llm', 'step']],
    [
      'a metric, lowest first',
      { orderBy: order('sum_totalTokens', 'asc'), metrics: of('sum_totalTokens') },
      ['step', 'llm'],
    ],
    ['equal ones by dimension', {}, ['llm', 'step']],
    ['a dimension', { orderBy: order('name', 'desc') }, ['step', 'llm']],
    ['a row', { config: { row_limit: 1 } }, ['llm']],
  ])('%s', async (...[, question, expected]) => {
    const data = await rows({ dimensions: by('name'), ...question })
    expect(Array.isArray(data) ? data.map((row) => row['name']) : data).toEqual(expected)
  })

  test('v2 gives 100 rows unless told otherwise, v1 all', async () => {
    await server().seed.observations(
      ...Array.from({ length: 150 }, (_, index) => ({
        id: `many-${index}`,
        traceId: 't2',
        startTime: time('2027-01-01T00:00:00Z'),
      })),
    )
    const many = { dimensions: by('id'), fromTimestamp: '2027-01-01T00:00:00Z', toTimestamp: '2027-01-02T00:00:00Z' }
    expect(await rows(many)).toHaveLength(150)
    expect(await rows(many, V2)).toHaveLength(100)
    expect(await rows({ ...many, config: { row_limit: 120 } }, V2)).toHaveLength(120)
  })

  test('a name asked twice is answered once', async () => {
    expect(await rows({ dimensions: by('type', 'type'), metrics: [...COUNT, ...COUNT] })).toEqual([
      { type: 'GENERATION', count_count: 2 },
      { type: 'SPAN', count_count: 2 },
    ])
  })
})

describe('refused', () => {
  const message = (text: string) => ({ error: 'InvalidRequestError', message: expect.stringContaining(text) })
  const issue = (...path: (string | number)[]) => ({
    message: 'Invalid request data',
    error: expect.arrayContaining([expect.objectContaining({ path })]),
  })

  test.each<[string, Question | string, unknown]>([
    ['no JSON', '{', message('Invalid JSON in query parameter')],
    ['no object', '[]', issue()],
    ['an unknown view', { view: 'users' }, issue('view')],
    ['no metric', { metrics: [] }, issue('metrics')],
    ['an unknown aggregation', { metrics: of('median_latency') }, issue('metrics', 0, 'aggregation')],
    ['no time', { fromTimestamp: undefined }, issue('fromTimestamp')],
    ['time backwards', { fromTimestamp: SPAN.toTimestamp, toTimestamp: SPAN.fromTimestamp }, issue('fromTimestamp')],
    ['a limit of none', { config: { row_limit: 0 } }, issue('config', 'row_limit')],
    ['a limit too high', { config: { row_limit: 1001 } }, issue('config', 'row_limit')],
    ['too many bins', { config: { bins: 101 } }, issue('config', 'bins')],
    ['a filter of a wrong shape', { filters: where('name', 'x', { operator: '~' }) }, issue('filters', 0, 'operator')],
    ['an unknown metric', { metrics: of('sum_nope') }, message('Invalid metric nope. Must be one of count, latency')],
    ['a metric of another view', { metrics: of('sum_value') }, message('Invalid metric value.')],
    ['an unknown dimension', { dimensions: by('nope') }, message('Invalid dimension nope. Must be one of id,')],
    ['a name that objects have', { dimensions: by('constructor') }, message('Invalid dimension constructor.')],
    [
      'a sum of texts',
      { metrics: of('sum_traceId') },
      message('Invalid aggregation for metric traceId: sum. Must be one of count, uniq'),
    ],
    [
      'an unknown filter column',
      { filters: where('nope', 'x') },
      message('Invalid filter column nope. Must be one of'),
    ],
    ['an array filtered as a text', { filters: anyOf('tags', 'a') }, message("Expected 'arrayOptions'.")],
    [
      'metadata filtered as a text',
      { filters: where('metadata', 'a') },
      message("Expected filter type 'stringObject'."),
    ],
    [
      'an order by what was not asked',
      { orderBy: order('sum_totalCost', 'asc') },
      message('Invalid orderBy field sum_totalCost. Must be one of count_count'),
    ],
    [
      'an order by time without time',
      { orderBy: order('time_dimension', 'asc') },
      message('Invalid orderBy field time_dimension.'),
    ],
  ])('%s', async (...[, question, body]) => {
    expect(await send(question)).toEqual({ status: 400, body })
  })

  test('the view of traces on v2', async () => {
    expect(await send({ view: 'traces' }, V2)).toEqual({ status: 400, body: issue('view') })
  })

  test('no query', async () => {
    expect((await server().send(V2)).status).toBe(400)
  })
})

test.each([V1, V2])('%s answers as described, the project’s own rows alone', async (path) => {
  const { body } = await send({ dimensions: by('userId') }, path)
  expect(readDescription().validator('GET', path)(body)).toBe(true)
  const theirs = await send({}, path, { headers: { authorization: 'other' } })
  expect(theirs.body).toEqual({ data: [{ count_count: 1 }] })
})
