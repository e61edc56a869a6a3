/** Metrics of traces and of scores of every type (public-api contract §12). */
import { expect, test } from 'vitest'
import { anyOf, by, metricsWorld, of, order, type Question, V2, where } from './metrics-world.ts'

const { rows } = metricsWorld()

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
    { dimensions: by('id'), metrics: of('min_latency'), filters: where('id', 't3') },
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
    { filters: where('errorCount', 0, { operator: '>', type: 'number' }) },
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
    { view: 'scores-numeric', dimensions: by('userId'), orderBy: order('userId', 'asc') },
    [
      { userId: 'u1', count_count: 3 },
      { userId: 'u2', count_count: 2 },
    ],
  ],
  [
    'also where a filter denies',
    { view: 'scores-numeric', filters: where('traceName', ['search'], { operator: 'none of', type: 'stringOptions' }) },
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
  ['filtered by session', { view: 'scores-numeric', filters: anyOf('sessionId', 's1', 's9') }, [{ count_count: 4 }]],
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
    { view: 'scores-numeric', filters: where('observationModelName', 'gpt-4o') },
    [{ count_count: 2 }],
  ],
  [
    'the experiment of the run, or of a span of the trace',
    { view: 'scores-numeric', dimensions: by('experimentName', 'experimentId') },
    [{ experimentName: 'trial', experimentId: 'e1', count_count: 4 }],
  ],
  [
    'a filter on the experiment',
    { view: 'scores-numeric', filters: where('experimentName', 'trial') },
    [{ count_count: 4 }],
  ],
  [
    'by run',
    { view: 'scores-numeric', dimensions: by('datasetRunId'), filters: where('datasetRunId', 'e1') },
    [{ datasetRunId: 'e1', count_count: 1 }],
  ],
  [
    'the rate of true',
    { view: 'scores-boolean', metrics: of('avg_value', 'count_count') },
    [{ avg_value: 0.5, count_count: 2 }],
  ],
  [
    'by truth',
    { view: 'scores-boolean', dimensions: by('booleanValue'), orderBy: order('booleanValue', 'desc') },
    [
      { booleanValue: true, count_count: 1 },
      { booleanValue: false, count_count: 1 },
    ],
  ],
  [
    'true ones',
    { view: 'scores-boolean', filters: where('booleanValue', true, { type: 'boolean' }) },
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
      filters: where('timestampDay', '2026-01-03'),
    },
    [{ timestampDay: '2026-01-03', source: 'API', dataType: 'NUMERIC', count_count: 1 }],
  ],
])('scores: %s', async (...[, question, expected]) => {
  expect(await rows(question)).toEqual(expected)
  expect(await rows(question, V2)).toEqual(expected)
})
