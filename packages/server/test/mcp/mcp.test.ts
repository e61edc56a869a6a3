/** The MCP server through the official client and, where its words matter, through plain requests (public-api contract §21). */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TOOLS } from '#http/mcp/tools.ts'
import { openTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
let client: Client

const MCP = '/api/public/mcp'
const ACCEPT = { accept: 'application/json' }

beforeAll(async () => {
  app = await openTestApp()
  client = new Client({ name: 'test', version: '0' })
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:8742${MCP}`), {
    fetch: async (_url, init = {}) => {
      const headers = Object.fromEntries(new Headers(init.headers))
      return await app.send(init.method ?? 'GET', MCP, {
        headers,
        ...(init.body != null && { body: String(init.body) }),
      })
    },
  })
  await client.connect(transport)
}, 60_000)

afterAll(async () => {
  await client.close()
  await app.close()
})

/** What a tool says: its answer, or with `!` before it the refusal. */
async function call(name: string, args: Record<string, unknown> = {}): Promise<unknown> {
  used.add(name)
  const { content, isError } = await client.callTool({ name, arguments: args })
  const [first] = Array.isArray(content) ? content : []
  const body: unknown = JSON.parse(first.text)
  return isError ? ['refused', body] : body
}

const used = new Set<string>()
const SPAN = { fromTimestamp: '2026-01-01T00:00:00Z', toTimestamp: '2026-02-01T00:00:00Z' }

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

describe('tools', () => {
  test.each(CALLS)('%s %j', async (name, args, expected) => {
    expect(await call(name, args)).toEqual(expected)
  })

  test('of models', async () => {
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

  test('of score configs', async () => {
    const created = await call('createScoreConfig', { name: 'quality', dataType: 'NUMERIC', minValue: 0, maxValue: 1 })
    const configId = idOf(created)
    expect(await call('getScoreConfig', { configId })).toMatchObject({ name: 'quality' })
    expect(await call('updateScoreConfig', { configId, isArchived: true })).toMatchObject({ isArchived: true })
    expect(await call('listScoreConfigs')).toMatchObject({ data: [expect.objectContaining({ id: configId })] })
  })
})

test('of items of a run', async () => {
  const { datasetId } = Object(await call('upsertDatasetItem', { datasetName: 'cases', id: 'i2' }))
  await call('createDatasetRunItem', { runName: 'second', datasetItemId: 'i2', traceId: 't1' })
  expect(await call('listDatasetRunItems', { datasetId, runName: 'second' })).toMatchObject({
    data: [{ datasetItemId: 'i2' }],
  })
})

test('of comments', async () => {
  const comment = { projectId: 'default', objectType: 'TRACE', objectId: 't1', content: 'Look here' }
  const id = idOf(await call('createComment', comment))
  expect(await call('getComment', { commentId: id })).toMatchObject({ content: 'Look here' })
  expect(await call('listComments', { objectType: 'TRACE' })).toMatchObject({ data: [{ id }] })
})

test('of annotation queues', async () => {
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

test('of media: one that is not there', async () => {
  expect(await call('getMedia', { mediaId: 'nope' })).toEqual([
    'refused',
    expect.objectContaining({ error: 'LangfuseNotFoundError' }),
  ])
})

test('no tool is left out', () => {
  expect(TOOLS.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([])
})

const idOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : 'no id'

describe('list', () => {
  test('every tool, each once, with a schema', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name))
    expect(new Set(TOOLS.map(({ name }) => name)).size).toBe(TOOLS.length)
    for (const { name, description, inputSchema } of tools) {
      expect([name, description?.length]).toEqual([name, expect.any(Number)])
      expect(JSON.stringify(inputSchema)).not.toContain('override')
    }
  })

  test.each<[string, unknown]>([
    [
      'listTraces',
      {
        properties: expect.objectContaining({
          limit: expect.objectContaining({ type: 'integer', maximum: 200 }),
          filter: expect.objectContaining({ type: 'array' }),
        }),
      },
    ],
    ['getTrace', { required: ['traceId'] }],
    [
      'createTextPrompt',
      { required: ['name', 'prompt'], properties: expect.not.objectContaining({ type: expect.anything() }) },
    ],
    ['queryMetrics', { required: ['view', 'metrics', 'fromTimestamp', 'toTimestamp'] }],
  ])('%s', async (name, schema) => {
    const { tools } = await client.listTools()
    expect(tools.find((tool) => tool.name === name)?.inputSchema).toMatchObject(Object(schema))
  })

  test('hints', async () => {
    const { tools } = await client.listTools()
    const hints = (name: string) => tools.find((tool) => tool.name === name)?.annotations
    expect(hints('listTraces')).toEqual({ readOnlyHint: true, destructiveHint: false })
    expect(hints('deleteTrace')).toEqual({ readOnlyHint: false, destructiveHint: true })
  })
})

describe('refused by a tool', () => {
  test.each<[string, string, Record<string, unknown>, unknown]>([
    [
      'what is not there',
      'getTrace',
      { traceId: 'nope' },
      { error: 'LangfuseNotFoundError', message: expect.stringContaining('nope') },
    ],
    [
      'an argument it does not know',
      'listTraces',
      { user: 'x' },
      {
        error: 'InvalidRequestError',
        message: expect.stringMatching(/^The tool listTraces does not know user; its arguments are page, limit,/),
      },
    ],
    [
      'an argument it needs',
      'getTrace',
      {},
      { error: 'InvalidRequestError', message: expect.stringContaining('needs traceId') },
    ],
    [
      'a value of a wrong kind',
      'listTraces',
      { limit: 0 },
      { message: 'Invalid request data', error: [expect.objectContaining({ path: ['limit'] })] },
    ],
    [
      'a body of a wrong shape',
      'createScore',
      { traceId: 't1', name: 'x', value: 'y', dataType: 'NUMERIC' },
      { message: 'Invalid request data', error: [expect.objectContaining({ path: ['value'] })] },
    ],
    [
      'a field the tool stands for',
      'createTextPrompt',
      { name: 'x', prompt: 'y', type: 'chat' },
      { message: expect.stringContaining('does not know type'), error: expect.any(String) },
    ],
    [
      'a question without a view',
      'queryMetrics',
      { metrics: [], ...SPAN },
      expect.objectContaining({ message: expect.any(String) }),
    ],
  ])('%s', async (...[, name, args, expected]) => {
    expect(await call(name, args)).toEqual(['refused', expected])
  })

  test('a tool that is not there', async () => {
    await expect(client.callTool({ name: 'nope' })).rejects.toMatchObject({ code: -32602 })
  })
})

const rpc = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params })
const INITIALIZE = rpc('initialize', {
  protocolVersion: '2025-03-26',
  capabilities: {},
  clientInfo: { name: 't', version: '0' },
})

async function post(body: unknown, headers: Record<string, string> = ACCEPT) {
  const answer = await app.send('POST', MCP, { body, headers })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

describe('over plain HTTP', () => {
  test('initialize, without a session', async () => {
    const answer = await app.send('POST', MCP, { body: INITIALIZE, headers: ACCEPT })
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('mcp-session-id')]).toEqual([
      200,
      'application/json; charset=utf-8',
      null,
    ])
    expect(await answer.json()).toMatchObject({
      id: 1,
      result: { protocolVersion: '2025-03-26', serverInfo: { name: 'xtrace' }, capabilities: { tools: {} } },
    })
  })

  test.each<[string, unknown, Record<string, string>, number, unknown]>([
    [
      'text/event-stream alone will do',
      INITIALIZE,
      { accept: 'text/event-stream' },
      200,
      expect.objectContaining({ id: 1 }),
    ],
    [
      'no Accept',
      INITIALIZE,
      {},
      406,
      { jsonrpc: '2.0', error: { code: -32600, message: expect.any(String) }, id: null },
    ],
    [
      'another Accept',
      INITIALIZE,
      { accept: 'text/html' },
      406,
      expect.objectContaining({ error: expect.objectContaining({ code: -32600 }) }),
    ],
    [
      'no credentials',
      INITIALIZE,
      { ...ACCEPT, authorization: '' },
      401,
      { error: expect.any(String), code: 'UnauthorizedError' },
    ],
    [
      'a public key alone',
      INITIALIZE,
      { ...ACCEPT, authorization: 'Bearer pk-test' },
      403,
      { error: expect.any(String), code: 'ForbiddenError' },
    ],
    [
      'a page of another host',
      INITIALIZE,
      { ...ACCEPT, origin: 'https://evil.example' },
      403,
      { error: expect.stringContaining('evil.example'), code: 'ForbiddenError' },
    ],
    ['a page of this host', INITIALIZE, { ...ACCEPT, origin: 'http://127.0.0.1:6274' }, 200, expect.anything()],
    ['no JSON', '{', ACCEPT, 400, expect.objectContaining({ error: expect.objectContaining({ code: -32700 }) })],
    [
      'an unknown method',
      rpc('nope'),
      ACCEPT,
      200,
      expect.objectContaining({ error: expect.objectContaining({ code: -32601 }) }),
    ],
    ['a notification', { jsonrpc: '2.0', method: 'notifications/initialized' }, ACCEPT, 202, undefined],
    [
      'a batch',
      [rpc('ping'), { ...rpc('tools/list'), id: 2 }],
      ACCEPT,
      200,
      [expect.objectContaining({ id: 1 }), expect.objectContaining({ id: 2 })],
    ],
  ])('%s', async (...[, body, headers, status, expected]) => {
    expect(await post(body, headers)).toEqual({ status, body: expected })
  })

  test.each(['GET', 'DELETE'])('%s: there is no stream and no session', async (method) => {
    const answer = await app.send(method, MCP, { headers: ACCEPT })
    expect([answer.status, await answer.json()]).toEqual([
      405,
      { error: expect.any(String), code: 'MethodNotAllowedError' },
    ])
  })
})
