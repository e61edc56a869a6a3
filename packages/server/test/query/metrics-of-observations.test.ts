/** Metrics of observations, as figures that are worked out by hand and by plain arithmetic (public-api contract §12). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyOf, by, metricsWorld, of, order, type Question, time, V2, where } from './metrics-world.ts'

const { server, rows } = metricsWorld()

test.each<[string, Question, unknown]>([
  ['a count', {}, [{ count_count: 4 }]],
  [
    'the sample: cost by model and day',
    {
      dimensions: by('providedModelName'),
      metrics: of('sum_totalCost', 'count_count'),
      timeDimension: { granularity: 'day' },
      filters: anyOf('environment', 'default'),
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
      filters: where('model', 'gpt-4o'),
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
      filters: where('name', 'nope'),
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
  ['no groups of no rows', { dimensions: by('name'), filters: where('name', 'nope') }, []],
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
    { dimensions: by('userId'), orderBy: order('userId', 'asc') },
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
      filters: where('traceName', 'checkout'),
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
    { dimensions: by('usageType'), metrics: of('sum_usageByType'), filters: anyOf('usageType', 'input') },
    [{ usageType: 'input', sum_usageByType: 30 }],
  ],
  [
    'a filter alone breaks rows into parts',
    { metrics: of('sum_costByType'), filters: where('Cost Type', 'input') },
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
    { dimensions: by('experimentId', 'experimentName'), filters: anyOf('experimentId', 'e1') },
    [{ experimentId: 'e1', experimentName: 'trial', count_count: 1 }],
  ],
])('observations: %s', async (...[, question, expected]) => {
  expect(await rows(question)).toEqual(expected)
  expect(await rows(question, V2)).toEqual(expected)
})

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
      await server().seed.observations(
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
        orderBy: order('providedModelName', 'asc'),
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
