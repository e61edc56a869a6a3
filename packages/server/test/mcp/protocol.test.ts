/** What the MCP server says of its tools and what it refuses, to the official client and to plain requests (public-api contract §21). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TOOLS } from '#http/mcp/tools.ts'
import { MCP, openWorld, SPAN, type World } from './world.ts'

let world: World
let client: World['client']

beforeAll(async () => {
  world = await openWorld()
  client = world.client
}, 60_000)

afterAll(() => world?.close())

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
    expect(await world.call(name, args)).toEqual(['refused', expected])
  })

  test('a tool that is not there', async () => {
    await expect(client.callTool({ name: 'nope' })).rejects.toMatchObject({ code: -32602 })
  })
})

const ACCEPT = { accept: 'application/json' }
const rpc = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params })
const INITIALIZE = rpc('initialize', {
  protocolVersion: '2025-03-26',
  capabilities: {},
  clientInfo: { name: 't', version: '0' },
})

async function post(body: unknown, headers: Record<string, string> = ACCEPT) {
  const answer = await world.send('POST', MCP, { body, headers })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

describe('over plain HTTP', () => {
  test('initialize, without a session', async () => {
    const answer = await world.send('POST', MCP, { body: INITIALIZE, headers: ACCEPT })
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
    const answer = await world.send(method, MCP, { headers: ACCEPT })
    expect([answer.status, await answer.json()]).toEqual([
      405,
      { error: expect.any(String), code: 'MethodNotAllowedError' },
    ])
  })
})
