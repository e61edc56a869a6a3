/** Every tool of the MCP server, called through the official client (public-api contract §21). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TOOLS } from '#http/mcp/tools.ts'
import { openWorld, SPAN, type World } from './world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
}, 60_000)

afterAll(() => world?.close())

const used = new Set<string>()

async function call(name: string, args: Record<string, unknown> = {}): Promise<unknown> {
  used.add(name)
  return await world.call(name, args)
}

const idOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : 'no id'

/** Each tool at least once, in an order in which later calls find what earlier ones wrote. */
const CALLS: readonly [name: string, args: Record<string, unknown>, expected: unknown][] = [
  ['getHealth', {}, { status: 'OK', version: '0.0.0-test' }],
  ['getProject', {}, { data: [expect.objectContaining({ id: 'default' })] }],
  [
    'createTrace',
    {
      id: 't1',
      name: 'checkout',
      sessionId: 's1',
      userId: 'u1',
      input: { a: [1] },
      timestamp: '2026-01-02T00:00:00Z',
      tags: ['x'],
    },
    { id: 't1' },
  ],
  ['createTrace', { id: 't2', timestamp: '2026-01-02T00:00:00Z' }, { id: 't2' }],
  [
    'createSpan',
    { id: 'o1', traceId: 't1', name: 'step', startTime: '2026-01-02T00:00:00Z', endTime: '2026-01-02T00:00:02Z' },
    { id: 'o1' },
  ],
  [
    'createGeneration',
    {
      id: 'o2',
      traceId: 't1',
      model: 'gpt-4o',
      startTime: '2026-01-02T00:00:00Z',
      usageDetails: { input: 3, output: 4 },
    },
    { id: 'o2' },
  ],
  ['createEvent', { id: 'o3', traceId: 't1', startTime: '2026-01-02T00:00:00Z' }, { id: 'o3' }],
  ['createScore', { id: 'sc1', traceId: 't1', name: 'quality', value: 0.5, dataType: 'NUMERIC' }, { id: 'sc1' }],
  [
    'listTraces',
    { userId: 'u1', limit: 5, tags: ['x'], fields: ['core', 'io'] },
    { data: [expect.objectContaining({ id: 't1', input: { a: [1] } })], meta: expect.anything() },
  ],
  [
    'listTraces',
    { filter: [{ type: 'string', column: 'name', operator: '=', value: 'checkout' }] },
    { data: [expect.objectContaining({ id: 't1' })], meta: expect.anything() },
  ],
  [
    'getTrace',
    { traceId: 't1' },
    expect.objectContaining({
      id: 't1',
      observations: expect.any(Array),
      scores: [expect.objectContaining({ id: 'sc1' })],
    }),
  ],
  ['deleteTrace', { traceId: 't2' }, { message: 'Trace deleted successfully' }],
  ['listSessions', {}, { data: [expect.objectContaining({ id: 's1' })], meta: expect.anything() }],
  ['getSession', { sessionId: 's1' }, expect.objectContaining({ id: 's1' })],
  [
    'listObservations',
    { traceId: 't1', limit: 2 },
    { data: [expect.anything(), expect.anything()], meta: { cursor: expect.any(String) } },
  ],
  ['getObservation', { observationId: 'o2' }, expect.objectContaining({ id: 'o2', totalTokens: 7 })],
  [
    'listScores',
    { name: 'quality' },
    { data: [expect.objectContaining({ id: 'sc1', value: 0.5 })], meta: { limit: 50 } },
  ],
  ['getScore', { scoreId: 'sc1' }, expect.objectContaining({ id: 'sc1' })],
  ['deleteScore', { scoreId: 'sc1' }, { message: 'Score deletion queued successfully' }],
  [
    'queryMetrics',
    {
      view: 'observations',
      dimensions: [{ field: 'type' }],
      metrics: [{ measure: 'count', aggregation: 'count' }],
      ...SPAN,
    },
    { data: expect.arrayContaining([{ type: 'GENERATION', count_count: 1 }]) },
  ],
  ['getMetricsSchema', {}, { data: expect.arrayContaining([expect.objectContaining({ view: 'scores-boolean' })]) }],
  ['getDailyMetrics', {}, expect.objectContaining({ data: [expect.objectContaining({ date: '2026-01-02' })] })],
  ['listMetricNames', {}, { data: [] }],
  ['queryMetricSeries', { name: 'load', agg: 'max', step: '5m' }, expect.objectContaining({ data: [] })],
  [
    'createTextPrompt',
    { name: 'folder/greet', prompt: 'Hello {{name}}', labels: ['production'] },
    expect.objectContaining({ version: 1, type: 'text' }),
  ],
  [
    'createChatPrompt',
    { name: 'chat', prompt: [{ role: 'user', content: 'Hi' }] },
    expect.objectContaining({ version: 1, type: 'chat' }),
  ],
  ['listPrompts', { name: 'chat' }, expect.objectContaining({ data: [expect.objectContaining({ name: 'chat' })] })],
  ['getPrompt', { promptName: 'folder/greet' }, expect.objectContaining({ prompt: 'Hello {{name}}' })],
  [
    'updatePromptLabels',
    { name: 'chat', version: 1, newLabels: ['staging'] },
    expect.objectContaining({ labels: expect.arrayContaining(['staging']) }),
  ],
  ['upsertDataset', { name: 'cases', description: 'd' }, expect.objectContaining({ name: 'cases' })],
  ['listDatasets', {}, expect.objectContaining({ data: [expect.objectContaining({ name: 'cases' })] })],
  ['getDataset', { datasetName: 'cases' }, expect.objectContaining({ description: 'd' })],
  ['upsertDatasetItem', { datasetName: 'cases', id: 'i1', input: { q: 1 } }, expect.objectContaining({ id: 'i1' })],
  [
    'listDatasetItems',
    { datasetName: 'cases' },
    expect.objectContaining({ data: [expect.objectContaining({ input: { q: 1 } })] }),
  ],
  ['getDatasetItem', { id: 'i1' }, expect.objectContaining({ datasetName: 'cases' })],
  [
    'createDatasetRunItem',
    { runName: 'first', datasetItemId: 'i1', traceId: 't1' },
    expect.objectContaining({ traceId: 't1' }),
  ],
  [
    'listDatasetRuns',
    { datasetName: 'cases' },
    expect.objectContaining({ data: [expect.objectContaining({ name: 'first' })] }),
  ],
  [
    'getDatasetRun',
    { datasetName: 'cases', runName: 'first' },
    expect.objectContaining({ datasetRunItems: [expect.anything()] }),
  ],
  [
    'listExperiments',
    { fromStartTime: '2020-01-01T00:00:00Z' },
    expect.objectContaining({ data: [expect.objectContaining({ name: 'first' })] }),
  ],
  [
    'listExperimentItems',
    { fromStartTime: '2020-01-01T00:00:00Z' },
    expect.objectContaining({ data: [expect.anything()] }),
  ],
  ['deleteDatasetRun', { datasetName: 'cases', runName: 'first' }, { message: expect.any(String) }],
  ['deleteDatasetItem', { id: 'i1' }, { message: expect.any(String) }],
  ['deletePrompt', { promptName: 'chat' }, { message: 'OK' }],
]

test.each(CALLS)('%s %j', async (name, args, expected) => {
  expect(await call(name, args)).toEqual(expected)
})

describe('tools that go by ids which others gave', () => {
  test('models', async () => {
    const created = await call('createModel', {
      modelName: 'mine',
      matchPattern: '(?i)^mine$',
      unit: 'TOKENS',
      inputPrice: 0.5,
    })
    expect(created).toMatchObject({ modelName: 'mine', isLangfuseManaged: false })
    const id = idOf(created)
    expect(await call('getModel', { id })).toMatchObject({ modelName: 'mine' })
    expect(await call('listModels', { limit: 1 })).toMatchObject({ data: [expect.anything()] })
    expect(
      await call('upsertModel', { id, modelName: 'mine', matchPattern: '(?i)^mine$', unit: 'TOKENS', inputPrice: 1 }),
    ).toMatchObject({ id, inputPrice: 1 })
    expect(await call('deleteModel', { id })).toMatchObject({ message: expect.any(String) })
  })

  test('score configs', async () => {
    const created = await call('createScoreConfig', { name: 'quality', dataType: 'NUMERIC', minValue: 0, maxValue: 1 })
    const configId = idOf(created)
    expect(await call('getScoreConfig', { configId })).toMatchObject({ name: 'quality' })
    expect(await call('updateScoreConfig', { configId, isArchived: true })).toMatchObject({ isArchived: true })
    expect(await call('listScoreConfigs')).toMatchObject({ data: [expect.objectContaining({ id: configId })] })
  })

  test('items of a run', async () => {
    const { datasetId } = Object(await call('upsertDatasetItem', { datasetName: 'cases', id: 'i2' }))
    await call('createDatasetRunItem', { runName: 'second', datasetItemId: 'i2', traceId: 't1' })
    expect(await call('listDatasetRunItems', { datasetId, runName: 'second' })).toMatchObject({
      data: [{ datasetItemId: 'i2' }],
    })
  })

  test('comments', async () => {
    const comment = { projectId: 'default', objectType: 'TRACE', objectId: 't1', content: 'Look here' }
    const id = idOf(await call('createComment', comment))
    expect(await call('getComment', { commentId: id })).toMatchObject({ content: 'Look here' })
    expect(await call('listComments', { objectType: 'TRACE' })).toMatchObject({ data: [{ id }] })
  })

  test('annotation queues', async () => {
    const config = idOf(await call('createScoreConfig', { name: 'taste', dataType: 'BOOLEAN' }))
    const queueId = idOf(await call('createAnnotationQueue', { name: 'review', scoreConfigIds: [config] }))
    expect(await call('getAnnotationQueue', { queueId })).toMatchObject({ name: 'review' })
    expect(await call('listAnnotationQueues')).toMatchObject({ data: [{ id: queueId }] })
    const itemId = idOf(await call('createAnnotationQueueItem', { queueId, objectType: 'TRACE', objectId: 't1' }))
    expect(await call('getAnnotationQueueItem', { queueId, itemId })).toMatchObject({ status: 'PENDING' })
    expect(await call('updateAnnotationQueueItem', { queueId, itemId, status: 'COMPLETED' })).toMatchObject({
      status: 'COMPLETED',
    })
    expect(await call('listAnnotationQueueItems', { queueId, status: 'COMPLETED' })).toMatchObject({
      data: [{ id: itemId }],
    })
    expect(await call('deleteAnnotationQueueItem', { queueId, itemId })).toMatchObject({ success: true })
    const nobody = { queueId, userId: 'nobody' }
    expect(await call('createAnnotationQueueAssignment', nobody)).toMatchObject(['refused', {}])
    expect(await call('deleteAnnotationQueueAssignment', nobody)).toMatchObject(['refused', {}])
  })
})

test('of media: one that is not there', async () => {
  expect(await call('getMedia', { mediaId: 'nope' })).toEqual([
    'refused',
    expect.objectContaining({ error: 'LangfuseNotFoundError' }),
  ])
})

test('no tool is left out', () => {
  expect(TOOLS.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([])
})
