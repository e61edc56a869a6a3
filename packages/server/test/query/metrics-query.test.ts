/** The query language of metrics over rows whose figures are worked out by hand (public-api contract §12). */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDescription } from '../support/openapi.ts'
import { openReadServer, type ReadServer } from '../support/read-server.ts'
import { at, OTHER_PROJECT } from '../support/seed.ts'

let server: ReadServer

/** `12:00:01` on 2 January 2026; a whole date stands for itself. */
const time = (text: string) => at(text.includes('T') ? text : `2026-01-02T${text}Z`)

beforeAll(async () => {
  server = await openReadServer()
  await server.seed.traces(
    { id: 't1', name: 'checkout', userId: 'u1', sessionId: 's1', release: 'r1', version: 'v1', tags: ['a', 'b'] },
    { id: 't2', name: 'search', userId: 'u2', timestamp: time('2026-01-03T08:00:00Z') },
    { id: 't3', name: 'search', userId: 'u1', timestamp: time('2026-01-05T08:00:00Z'), environment: 'dev' },
    { id: 'theirs', projectId: OTHER_PROJECT, userId: 'u9' },
  )
  await server.seed.observations(
    {
      id: 'o1',
      traceId: 't1',
      type: 'GENERATION',
      name: 'llm',
      model: 'gpt-4o',
      startTime: time('12:00:00'),
      completionStartTime: time('12:00:00.5'),
      endTime: time('12:00:02'),
      usage: { input: 10, output: 30, total: 40 },
      cost: { input: 0.25, output: 0.5, total: 0.75 },
      totalCost: 0.75,
      promptName: 'greet',
      promptVersion: 2,
      toolDefinitions: { find: '{}', buy: '{}' },
      toolCalls: ['{}', '{}'],
      toolCallNames: ['find', 'find'],
      experiment: { id: 'e1', name: 'trial' },
    },
    {
      id: 'o2',
      traceId: 't1',
      type: 'GENERATION',
      name: 'llm',
      parentObservationId: 'o1',
      model: 'gpt-4o',
      startTime: time('12:01:00'),
      endTime: time('12:01:04'),
      usage: { input: 20, total: 20 },
      cost: { total: 1.25 },
      totalCost: 1.25,
    },
    { id: 'o3', traceId: 't2', name: 'step', startTime: time('2026-01-03T08:00:00Z'), userId: 'own', level: 'ERROR' },
    {
      id: 'o4',
      traceId: 't2',
      name: 'step',
      startTime: time('2026-01-05T08:00:00Z'),
      endTime: time('2026-01-05T08:00:01Z'),
      model: 'o1',
    },
    { id: 'theirs', traceId: 'theirs', projectId: OTHER_PROJECT, model: 'gpt-4o', totalCost: 1000 },
  )
  await server.seed.scores(
    { id: 'n1', traceId: 't1', observationId: 'o1', name: 'quality', value: 0.5 },
    { id: 'n2', traceId: 't1', observationId: 'o1', name: 'quality', value: 1 },
    { id: 'n3', traceId: 't2', name: 'speed', value: 3, timestamp: time('2026-01-03T09:00:00Z') },
    { id: 'n4', sessionId: 's9', name: 'quality', value: 7, source: 'ANNOTATION' },
    { id: 'n5', datasetRunId: 'e1', name: 'quality', value: 9 },
    { id: 'b1', traceId: 't1', name: 'ok', dataType: 'BOOLEAN', value: 1, stringValue: 'True' },
    { id: 'b2', traceId: 't2', name: 'ok', dataType: 'BOOLEAN', value: 0, stringValue: 'False' },
    { id: 'c1', traceId: 't1', name: 'mood', dataType: 'CATEGORICAL', stringValue: 'good' },
    { id: 'c2', traceId: 't2', name: 'mood', dataType: 'CATEGORICAL', stringValue: 'bad' },
    { id: 'c3', traceId: 't2', name: 'mood', dataType: 'CATEGORICAL', stringValue: 'good' },
    { id: 'gone', traceId: 'nowhere', name: 'quality', value: 100, timestamp: time('2026-01-06T00:00:00Z') },
  )
}, 60_000)

afterAll(() => server.close())

type Question = Record<string, unknown>

const SPAN = { fromTimestamp: '2026-01-02T00:00:00Z', toTimestamp: '2026-01-06T00:00:00Z' }
const COUNT = [{ measure: 'count', aggregation: 'count' }]
const by = (...fields: string[]) => fields.map((field) => ({ field }))
const of = (...keys: string[]) =>
  keys.map((key) => ({ aggregation: key.slice(0, key.indexOf('_')), measure: key.slice(key.indexOf('_') + 1) }))

const send = (question: Question | string, path = '/api/public/metrics') => {
  const text =
    typeof question === 'string'
      ? question
      : JSON.stringify({ view: 'observations', metrics: COUNT, ...SPAN, ...question })
  return server.send(`${path}?query=${encodeURIComponent(text)}`)
}

async function rows(question: Question, path?: string): Promise<unknown> {
  const { status, body } = await send(question, path)
  expect([status, body]).toEqual([200, { data: expect.any(Array) }])
  return typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined
}

describe('figures', () => {
  test.each<[string, Question, unknown]>([
    ['a count', {}, [{ count_count: 4 }]],
    [
      'the sample: cost by model and day',
      {
        dimensions: by('providedModelName'),
        metrics: of('sum_totalCost', 'count_count'),
        timeDimension: { granularity: 'day' },
        filters: [{ column: 'environment', operator: 'any of', value: ['default'], type: 'stringOptions' }],
        orderBy: null,
        config: { row_limit: 50 },
      },
      [
        { time_dimension: '2026-01-02', providedModelName: 'gpt-4o', sum_totalCost: 2, count_count: 2 },
        { time_dimension: '2026-01-03', providedModelName: null, sum_totalCost: 0, count_count: 1 },
        { time_dimension: '2026-01-04', providedModelName: null, sum_totalCost: 0, count_count: 0 },
        { time_dimension: '2026-01-05', providedModelName: 'o1', sum_totalCost: 0, count_count: 1 },
      ],
    ],
    [
      'latencies of 1, 2 and 4 seconds, in milliseconds; an open one has none',
      {
        metrics: of(
          'avg_latency',
          'min_latency',
          'max_latency',
          'count_latency',
          'sum_latency',
          'p50_latency',
          'p90_latency',
          'uniq_latency',
        ),
      },
      [
        {
          avg_latency: expect.closeTo(7000 / 3, 6),
          min_latency: 1000,
          max_latency: 4000,
          count_latency: 3,
          sum_latency: 7000,
          p50_latency: 2000,
          p90_latency: expect.closeTo(3600, 6),
          uniq_latency: 3,
        },
      ],
    ],
    [
      'tokens, costs and rates of a model',
      {
        dimensions: by('providedModelName'),
        metrics: of(
          'sum_inputTokens',
          'sum_outputTokens',
          'sum_totalTokens',
          'sum_inputCost',
          'sum_outputCost',
          'max_timeToFirstToken',
          'max_streamingLatency',
          'max_outputTokensPerSecond',
          'max_tokensPerSecond',
          'sum_toolDefinitions',
          'sum_toolCalls',
        ),
        filters: [{ column: 'model', operator: '=', value: 'gpt-4o', type: 'string' }],
      },
      [
        {
          providedModelName: 'gpt-4o',
          sum_inputTokens: 30,
          sum_outputTokens: 30,
          sum_totalTokens: 60,
          sum_inputCost: 0.25,
          sum_outputCost: 0.5,
          max_timeToFirstToken: 500,
          max_streamingLatency: 1500,
          max_outputTokensPerSecond: 20,
          max_tokensPerSecond: 20,
          sum_toolDefinitions: 2,
          sum_toolCalls: 2,
        },
      ],
    ],
    [
      'no rows: zeros and nulls',
      {
        filters: [{ column: 'name', operator: '=', value: 'nope', type: 'string' }],
        metrics: of('count_count', 'sum_latency', 'avg_latency', 'max_totalTokens', 'p99_latency', 'histogram_latency'),
      },
      [
        {
          count_count: 0,
          sum_latency: 0,
          avg_latency: null,
          max_totalTokens: null,
          p99_latency: null,
          histogram_latency: [],
        },
      ],
    ],
    [
      'no groups of no rows',
      { dimensions: by('name'), filters: [{ column: 'name', operator: '=', value: 'nope', type: 'string' }] },
      [],
    ],
    [
      'a histogram',
      { metrics: of('histogram_latency'), config: { bins: 2 } },
      [{ histogram_latency: expect.arrayContaining([[expect.any(Number), expect.any(Number), expect.any(Number)]]) }],
    ],
  ])('%s', async (...[, question, expected]) => {
    expect(await rows(question)).toEqual(expected)
  })

  test.each<[string, Question, unknown]>([
    [
      'its own user before that of its trace',
      { dimensions: by('userId'), orderBy: [{ field: 'userId', direction: 'asc' }] },
      [
        { userId: 'own', count_count: 1 },
        { userId: 'u1', count_count: 2 },
        { userId: 'u2', count_count: 1 },
      ],
    ],
    [
      'facts of its trace',
      {
        dimensions: by('traceName', 'sessionId', 'release', 'traceRelease', 'traceVersion', 'tags'),
        filters: [{ column: 'traceName', operator: '=', value: 'checkout', type: 'string' }],
      },
      [
        {
          traceName: 'checkout',
          sessionId: 's1',
          release: 'r1',
          traceRelease: 'r1',
          traceVersion: 'v1',
          tags: ['a', 'b'],
          count_count: 2,
        },
      ],
    ],
    [
      'prompt, level, root, month',
      {
        dimensions: by('promptName', 'promptVersion', 'isRootObservation', 'startTimeMonth'),
        orderBy: [
          { field: 'promptName', direction: 'desc' },
          { field: 'isRootObservation', direction: 'asc' },
        ],
      },
      [
        { promptName: 'greet', promptVersion: 2, isRootObservation: true, startTimeMonth: '2026-01', count_count: 1 },
        { promptName: null, promptVersion: null, isRootObservation: false, startTimeMonth: '2026-01', count_count: 1 },
        { promptName: null, promptVersion: null, isRootObservation: true, startTimeMonth: '2026-01', count_count: 2 },
      ],
    ],
    [
      'each tool that was offered',
      { dimensions: by('toolNames') },
      [
        { toolNames: 'buy', count_count: 1 },
        { toolNames: 'find', count_count: 1 },
      ],
    ],
    [
      'each tool that was called, once an observation',
      { dimensions: by('calledToolNames') },
      [{ calledToolNames: 'find', count_count: 1 }],
    ],
    [
      'parts of the cost; the sum alone where there is nothing else',
      { dimensions: by('costType'), metrics: of('sum_costByType') },
      [
        { costType: 'total', sum_costByType: 1.25 },
        { costType: 'output', sum_costByType: 0.5 },
        { costType: 'input', sum_costByType: 0.25 },
      ],
    ],
    [
      'parts of the usage, some of them',
      {
        dimensions: by('usageType'),
        metrics: of('sum_usageByType'),
        filters: [{ column: 'usageType', operator: 'any of', value: ['input'], type: 'stringOptions' }],
      },
      [{ usageType: 'input', sum_usageByType: 30 }],
    ],
    [
      'a filter alone breaks rows into parts',
      {
        metrics: of('sum_costByType'),
        filters: [{ column: 'Cost Type', operator: '=', value: 'input', type: 'string' }],
      },
      [{ sum_costByType: 0.25 }],
    ],
    [
      'scores of observations',
      { dimensions: by('id'), metrics: of('sum_countScores'), config: { row_limit: 2 } },
      [
        { id: 'o1', sum_countScores: 2 },
        { id: 'o2', sum_countScores: 0 },
      ],
    ],
    [
      'different users, sessions and traces',
      { metrics: of('uniq_uniqueUserIds', 'count_uniqueSessionIds', 'uniq_traceId', 'count_traceId') },
      [{ uniq_uniqueUserIds: 3, count_uniqueSessionIds: 1, uniq_traceId: 2, count_traceId: 4 }],
    ],
    [
      'experiments',
      {
        dimensions: by('experimentId', 'experimentName'),
        filters: [{ column: 'experimentId', operator: 'any of', value: ['e1'], type: 'stringOptions' }],
      },
      [{ experimentId: 'e1', experimentName: 'trial', count_count: 1 }],
    ],
  ])('observations: %s', async (...[, question, expected]) => {
    expect(await rows(question)).toEqual(expected)
    expect(await rows(question, '/api/public/v2/metrics')).toEqual(expected)
  })

  test.each<[string, Question, unknown]>([
    [
      'by user',
      {
        dimensions: by('userId'),
        metrics: of(
          'count_count',
          'sum_observationsCount',
          'sum_scoresCount',
          'sum_totalCost',
          'sum_totalTokens',
          'max_latency',
        ),
      },
      [
        {
          userId: 'u1',
          count_count: 2,
          sum_observationsCount: 2,
          sum_scoresCount: 4,
          sum_totalCost: 2,
          sum_totalTokens: 60,
          max_latency: 64_000,
        },
        {
          userId: 'u2',
          count_count: 1,
          sum_observationsCount: 2,
          sum_scoresCount: 4,
          sum_totalCost: 0,
          sum_totalTokens: 0,
          max_latency: 172_801_000,
        },
      ],
    ],
    [
      'a trace without observations has no latency',
      {
        dimensions: by('id'),
        metrics: of('min_latency'),
        filters: [{ column: 'id', operator: '=', value: 't3', type: 'string' }],
      },
      [{ id: 't3', min_latency: null }],
    ],
    [
      'by tags',
      { dimensions: by('tags') },
      [
        { tags: [], count_count: 2 },
        { tags: ['a', 'b'], count_count: 1 },
      ],
    ],
    [
      'different users and sessions',
      { metrics: of('uniq_uniqueUserIds', 'uniq_uniqueSessionIds') },
      [{ uniq_uniqueUserIds: 2, uniq_uniqueSessionIds: 1 }],
    ],
    [
      'a filter on what lies in observations',
      { filters: [{ column: 'errorCount', operator: '>', value: 0, type: 'number' }] },
      [{ count_count: 1 }],
    ],
    [
      'a filter on scores',
      { filters: [{ column: 'scores_avg', key: 'quality', operator: '>', value: 0.5, type: 'numberObject' }] },
      [{ count_count: 1 }],
    ],
    ['by month', { dimensions: by('timestampMonth') }, [{ timestampMonth: '2026-01', count_count: 3 }]],
  ])('traces: %s', async (...[, question, expected]) => {
    expect(await rows({ view: 'traces', ...question })).toEqual(expected)
  })

  test.each<[string, Question, unknown]>([
    [
      'numbers, booleans among them',
      { view: 'scores-numeric', metrics: of('count_count', 'avg_value') },
      [{ count_count: 8, avg_value: expect.closeTo(121.5 / 8, 9) }],
    ],
    [
      'by name',
      { view: 'scores-numeric', dimensions: by('name'), metrics: of('avg_value') },
      [
        { name: 'quality', avg_value: 23.5 },
        { name: 'speed', avg_value: 3 },
        { name: 'ok', avg_value: 0.5 },
      ],
    ],
    [
      'the user of the trace: scores without one vanish',
      { view: 'scores-numeric', dimensions: by('userId'), orderBy: [{ field: 'userId', direction: 'asc' }] },
      [
        { userId: 'u1', count_count: 3 },
        { userId: 'u2', count_count: 2 },
      ],
    ],
    [
      'also where a filter denies',
      {
        view: 'scores-numeric',
        filters: [{ column: 'traceName', operator: 'none of', value: ['search'], type: 'stringOptions' }],
      },
      [{ count_count: 3 }],
    ],
    [
      'its own session or that of its trace',
      { view: 'scores-numeric', dimensions: by('sessionId') },
      [
        { sessionId: null, count_count: 4 },
        { sessionId: 's1', count_count: 3 },
        { sessionId: 's9', count_count: 1 },
      ],
    ],
    [
      'filtered by session',
      {
        view: 'scores-numeric',
        filters: [{ column: 'sessionId', operator: 'any of', value: ['s1', 's9'], type: 'stringOptions' }],
      },
      [{ count_count: 4 }],
    ],
    [
      'facts of the observation',
      {
        view: 'scores-numeric',
        dimensions: by('observationName', 'observationModelName', 'observationPromptName', 'observationPromptVersion'),
        metrics: of('max_value'),
      },
      [
        {
          observationName: 'llm',
          observationModelName: 'gpt-4o',
          observationPromptName: 'greet',
          observationPromptVersion: 2,
          max_value: 1,
        },
      ],
    ],
    [
      'a filter on the observation',
      {
        view: 'scores-numeric',
        filters: [{ column: 'observationModelName', operator: '=', value: 'gpt-4o', type: 'string' }],
      },
      [{ count_count: 2 }],
    ],
    [
      'the experiment of the run, or of a span of the trace',
      { view: 'scores-numeric', dimensions: by('experimentName', 'experimentId') },
      [{ experimentName: 'trial', experimentId: 'e1', count_count: 4 }],
    ],
    [
      'a filter on the experiment',
      {
        view: 'scores-numeric',
        filters: [{ column: 'experimentName', operator: '=', value: 'trial', type: 'string' }],
      },
      [{ count_count: 4 }],
    ],
    [
      'by run',
      {
        view: 'scores-numeric',
        dimensions: by('datasetRunId'),
        filters: [{ column: 'datasetRunId', operator: '=', value: 'e1', type: 'string' }],
      },
      [{ datasetRunId: 'e1', count_count: 1 }],
    ],
    [
      'the rate of true',
      { view: 'scores-boolean', metrics: of('avg_value', 'count_count') },
      [{ avg_value: 0.5, count_count: 2 }],
    ],
    [
      'by truth',
      {
        view: 'scores-boolean',
        dimensions: by('booleanValue'),
        orderBy: [{ field: 'booleanValue', direction: 'desc' }],
      },
      [
        { booleanValue: true, count_count: 1 },
        { booleanValue: false, count_count: 1 },
      ],
    ],
    [
      'true ones',
      { view: 'scores-boolean', filters: [{ column: 'booleanValue', operator: '=', value: true, type: 'boolean' }] },
      [{ count_count: 1 }],
    ],
    [
      'by category',
      { view: 'scores-categorical', dimensions: by('stringValue') },
      [
        { stringValue: 'good', count_count: 2 },
        { stringValue: 'bad', count_count: 1 },
      ],
    ],
    [
      'by day, source and type',
      {
        view: 'scores-numeric',
        dimensions: by('timestampDay', 'source', 'dataType'),
        filters: [{ column: 'timestampDay', operator: '=', value: '2026-01-03', type: 'string' }],
      },
      [{ timestampDay: '2026-01-03', source: 'API', dataType: 'NUMERIC', count_count: 1 }],
    ],
  ])('scores: %s', async (...[, question, expected]) => {
    expect(await rows(question)).toEqual(expected)
    expect(await rows(question, '/api/public/v2/metrics')).toEqual(expected)
  })
})

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
      { granularity: 'day', orderBy: [{ field: 'time_dimension', direction: 'desc' }] },
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
      { orderBy: [{ field: 'sum_totalTokens', direction: 'asc' }], metrics: of('sum_totalTokens') },
      ['step', 'llm'],
    ],
    ['equal ones by dimension', {}, ['llm', 'step']],
    ['a dimension', { orderBy: [{ field: 'name', direction: 'desc' }] }, ['step', 'llm']],
    ['a row', { config: { row_limit: 1 } }, ['llm']],
  ])('%s', async (...[, question, expected]) => {
    const data = await rows({ dimensions: by('name'), ...question })
    expect(Array.isArray(data) ? data.map((row) => row['name']) : data).toEqual(expected)
  })

  test('v2 gives 100 rows unless told otherwise, v1 all', async () => {
    await server.seed.observations(
      ...Array.from({ length: 150 }, (_, index) => ({
        id: `many-${index}`,
        traceId: 't2',
        startTime: time('2027-01-01T00:00:00Z'),
      })),
    )
    const many = { dimensions: by('id'), fromTimestamp: '2027-01-01T00:00:00Z', toTimestamp: '2027-01-02T00:00:00Z' }
    expect(await rows(many)).toHaveLength(150)
    expect(await rows(many, '/api/public/v2/metrics')).toHaveLength(100)
    expect(await rows({ ...many, config: { row_limit: 120 } }, '/api/public/v2/metrics')).toHaveLength(120)
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
    [
      'a filter of a wrong shape',
      { filters: [{ column: 'name', type: 'string', operator: '~', value: 'x' }] },
      issue('filters', 0, 'operator'),
    ],
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
      { filters: [{ column: 'nope', type: 'string', operator: '=', value: 'x' }] },
      message('Invalid filter column nope. Must be one of'),
    ],
    [
      'an array filtered as a text',
      { filters: [{ column: 'tags', type: 'stringOptions', operator: 'any of', value: ['a'] }] },
      message("Expected 'arrayOptions'."),
    ],
    [
      'metadata filtered as a text',
      { filters: [{ column: 'metadata', type: 'string', operator: '=', value: 'a' }] },
      message("Expected filter type 'stringObject'."),
    ],
    [
      'an order by what was not asked',
      { orderBy: [{ field: 'sum_totalCost', direction: 'asc' }] },
      message('Invalid orderBy field sum_totalCost. Must be one of count_count'),
    ],
    [
      'an order by time without time',
      { orderBy: [{ field: 'time_dimension', direction: 'asc' }] },
      message('Invalid orderBy field time_dimension.'),
    ],
  ])('%s', async (...[, question, body]) => {
    expect(await send(question)).toEqual({ status: 400, body })
  })

  test('the view of traces on v2', async () => {
    expect(await send({ view: 'traces' }, '/api/public/v2/metrics')).toEqual({ status: 400, body: issue('view') })
  })

  test('no query', async () => {
    expect((await server.send('/api/public/v2/metrics')).status).toBe(400)
  })
})

test.each(['/api/public/metrics', '/api/public/v2/metrics'])(
  '%s answers as described, the project’s own rows alone',
  async (path) => {
    const { body } = await send({ dimensions: by('userId') }, path)
    expect(readDescription().validator('GET', path)(body)).toBe(true)
    const text = encodeURIComponent(JSON.stringify({ view: 'observations', metrics: COUNT, ...SPAN }))
    const theirs = await server.send(`${path}?query=${text}`, { headers: { authorization: 'other' } })
    expect(theirs.body).toEqual({ data: [{ count_count: 1 }] })
  },
)

test('sums, counts and percentiles equal those of plain arithmetic', async () => {
  const observation = fc.record({
    model: fc.constantFrom('a', 'b', 'c'),
    ms: fc.integer({ min: 0, max: 10_000 }),
    tokens: fc.integer({ min: 0, max: 1_000_000 }),
    minute: fc.integer({ min: 0, max: 5 }),
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(observation, { minLength: 1, maxLength: 40 }), async (drawn) => {
      const day = new Date(Date.UTC(2030, 0, 1, run++)).toISOString().slice(0, 13)
      const start = (minute: number) => time(`${day}:0${minute}:00Z`)
      await server.seed.observations(
        ...drawn.map(({ model, ms, tokens, minute }, index) => ({
          id: `${day}-${index}`,
          traceId: 't1',
          model,
          startTime: start(minute),
          endTime: start(minute) + BigInt(ms) * 1_000_000n,
          usage: { total: tokens },
        })),
      )
      const data = await rows({
        dimensions: by('providedModelName'),
        metrics: of('count_count', 'sum_totalTokens', 'max_latency', 'p95_latency', 'p50_latency'),
        fromTimestamp: `${day}:00:00Z`,
        toTimestamp: `${day}:59:00Z`,
        orderBy: [{ field: 'providedModelName', direction: 'asc' }],
      })
      expect(data).toEqual(naive(drawn))
    }),
    { numRuns: 20 },
  )
}, 60_000)

interface Drawn {
  readonly model: string
  readonly ms: number
  readonly tokens: number
}

function naive(drawn: readonly Drawn[]): unknown[] {
  return [...new Set(drawn.map(({ model }) => model))].sort().map((model) => {
    const ofModel = drawn.filter((each) => each.model === model)
    const sorted = ofModel.map(({ ms }) => ms).sort((a, b) => a - b)
    return {
      providedModelName: model,
      count_count: ofModel.length,
      sum_totalTokens: ofModel.reduce((sum, { tokens }) => sum + tokens, 0),
      max_latency: sorted.at(-1),
      p95_latency: expect.closeTo(percentile(sorted, 0.95), 6),
      p50_latency: expect.closeTo(percentile(sorted, 0.5), 6),
    }
  })
}

function percentile(sorted: readonly number[], level: number): number {
  const place = (sorted.length - 1) * level
  const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below + (above - below) * (place - Math.floor(place))
}
