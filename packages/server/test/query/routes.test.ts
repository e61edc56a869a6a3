/** The read routes over HTTP: parameters, refusals and the shapes that clients compare. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReadServer, type ReadServer } from '../support/read-server.ts'
import { at, OTHER_PROJECT } from '../support/seed.ts'

let server: ReadServer

const LONG = 'x'.repeat(300)

beforeAll(async () => {
  server = await openReadServer()
  await server.seed.traces(
    {
      id: 't1',
      timestamp: at('2026-01-02T03:04:05.678Z'),
      name: 'checkout',
      userId: 'u1',
      sessionId: 's1',
      version: '1.0',
      tags: ['a', 'b'],
      environment: 'prod',
      input: '{"q":12345678901234567890}',
      output: 'ok',
      metadata: '{"count":5}',
    },
    { id: 't2', timestamp: at('2026-01-01T00:00:00Z'), name: 'other', tags: ['a'] },
    { id: 't3', timestamp: at('2026-01-01T00:00:00Z'), projectId: OTHER_PROJECT },
  )
  await server.seed.observations(
    {
      id: 'o1',
      traceId: 't1',
      type: 'GENERATION',
      startTime: at('2026-01-02T03:04:05Z'),
      endTime: at('2026-01-02T03:04:06.25Z'),
      completionStartTime: at('2026-01-02T03:04:05.4Z'),
      model: 'gpt-4o',
      modelId: 'm1',
      pricingTierId: 'm1-default',
      modelParameters: '{"temperature":0}',
      usage: { input: 10, input_cached_tokens: 2, output: 5, total: 17 },
      cost: { input: 0.1, total: 0.3 },
      totalCost: 0.3,
      input: '[{"role":"user"}]',
      metadata: JSON.stringify({ short: 'a', long: LONG, list: [LONG] }),
    },
    {
      id: 'o2',
      traceId: 't1',
      type: 'EMBEDDING',
      parentObservationId: 'o1',
      startTime: at('2026-01-02T03:04:05.5Z'),
      usage: { total: 4 },
    },
  )
  await server.seed.scores(
    {
      id: 'sc1',
      traceId: 't1',
      dataType: 'BOOLEAN',
      value: 1,
      stringValue: 'True',
      name: 'ok',
      timestamp: at('2026-01-02T00:00:00Z'),
    },
    { id: 'sc2', traceId: 'missing', value: 0.5, timestamp: at('2026-01-03T00:00:00Z') },
    {
      id: 'sc3',
      sessionId: 's1',
      dataType: 'CATEGORICAL',
      value: 2,
      stringValue: 'good',
      timestamp: at('2026-01-01T00:00:00Z'),
    },
    { id: 'sc4', traceId: 't1', observationId: 'o1', value: 3, timestamp: at('2026-01-01T00:00:00Z') },
  )
  await server.seed.points({ name: 'load', labels: { gpu: '0' }, value: 1.5, time: at('2026-01-02T12:00:30.5Z') })
}, 60_000)

afterAll(() => server.close())

const get = async (path: string) => (await server.send(`/api/public${path}`)).body
const json = (value: unknown) => encodeURIComponent(JSON.stringify(value))
const list = async (path: string) => {
  const body = await get(path)
  return Ids.parse(body).data.map(({ id }) => id)
}

const Ids = {
  parse(body: unknown): { data: { id: unknown }[] } {
    if (typeof body !== 'object' || body === null || !('data' in body) || !Array.isArray(body.data))
      throw new Error(`No list: ${JSON.stringify(body)}`)
    return { data: body.data }
  },
}

describe('traces', () => {
  test('a row of the list', async () => {
    expect(await get('/traces?limit=1')).toEqual({
      data: [
        {
          id: 't1',
          projectId: 'p1',
          externalId: null,
          timestamp: '2026-01-02T03:04:05.678Z',
          name: 'checkout',
          userId: 'u1',
          sessionId: 's1',
          release: null,
          version: '1.0',
          environment: 'prod',
          public: false,
          bookmarked: false,
          tags: ['a', 'b'],
          input: JSON.parse('{"q":12345678901234567890}'),
          output: 'ok',
          metadata: { count: 5 },
          createdAt: '2026-01-02T12:00:01.000Z',
          updatedAt: '2026-01-02T12:00:01.000Z',
          observations: ['o1', 'o2'],
          scores: ['sc1', 'sc4'],
          totalCost: 0.3,
          latency: 1.25,
          htmlPath: '/project/p1/traces/t1',
        },
      ],
      meta: { page: 1, limit: 1, totalItems: 2, totalPages: 2 },
    })
  })

  test('fields=core leaves the rest out', async () => {
    expect(await get('/traces?fields=core&limit=1')).toMatchObject({
      data: [{ input: null, output: null, metadata: {}, observations: [], scores: [], totalCost: -1, latency: -1 }],
    })
    expect(await get('/traces/t1?fields=core,io')).toMatchObject({
      output: 'ok',
      observations: [],
      scores: [],
      totalCost: -1,
      latency: -1,
    })
  })

  test.each([
    ['everything', '', ['t1', 't2']],
    ['unknown field groups mean all', '?fields=nonsense', ['t1', 't2']],
    ['name', '?name=other', ['t2']],
    ['an empty parameter', '?name=&limit=&page=', ['t1', 't2']],
    ['tags, all of', '?tags=a&tags=b', ['t1']],
    ['tags with commas', '?tags=a,b', ['t1']],
    ['environments', '?environment=prod,dev', ['t1']],
    ['environments, repeated', '?environment=prod&environment=default', ['t1', 't2']],
    ['from, inclusive', '?fromTimestamp=2026-01-02T03:04:05.678Z', ['t1']],
    ['to, exclusive', '?toTimestamp=2026-01-02T03:04:05.678Z', ['t2']],
    ['an offset with a bare plus', '?toTimestamp=2026-01-02T05:04:05.678+02:00', ['t2']],
    ['order', '?orderBy=timestamp.asc', ['t2', 't1']],
    ['past the end', '?page=3&limit=1', []],
    ['limit 200', '?limit=200', ['t1', 't2']],
    ['useEventsTable is ignored', '?useEventsTable=true', ['t1', 't2']],
    ['filter', `?filter=${json([{ type: 'string', column: 'name', operator: '=', value: 'other' }])}`, ['t2']],
    [
      'filter goes before the parameter of its column',
      `?name=other&filter=${json([{ type: 'string', column: 'Name', operator: '=', value: 'checkout' }])}`,
      ['t1'],
    ],
    [
      'filter and another parameter',
      `?userId=nobody&filter=${json([{ type: 'string', column: 'name', operator: '=', value: 'checkout' }])}`,
      [],
    ],
    [
      'filter on time',
      `?filter=${json([{ type: 'datetime', column: 'timestamp', operator: '>', value: '2026-01-01T12:00:00Z' }])}`,
      ['t1'],
    ],
    ['null filter', `?filter=${json([{ type: 'null', column: 'userId', operator: 'is null', value: '' }])}`, ['t2']],
    ['an empty filter', '?filter=', ['t1', 't2']],
  ])('%s', async (_name, query, expected) => {
    expect(await list(`/traces${query}`)).toEqual(expected)
  })

  test('by id: whole observations with prices, and scores with nulls', async () => {
    expect(await get('/traces/t1')).toMatchObject({
      id: 't1',
      observations: [
        {
          id: 'o1',
          inputPrice: 1.5e-7,
          outputPrice: 0.00001,
          totalPrice: 0,
          usage: { unit: 'TOKENS', input: 12, output: 5, total: 17 },
          promptTokens: 12,
          calculatedInputCost: 0.1,
          calculatedOutputCost: null,
          calculatedTotalCost: 0.3,
          modelParameters: { temperature: 0 },
          latency: 1.25,
          timeToFirstToken: 0.4,
        },
        { id: 'o2', inputPrice: 0, usage: { input: 0, output: 0, total: 4 }, latency: null },
      ],
      scores: [
        { id: 'sc1', observationId: null, stringValue: 'True', value: 1 },
        { id: 'sc4', observationId: 'o1', stringValue: null },
      ],
      totalCost: 0.3,
      latency: 1.25,
    })
  })

  test('deletions are accepted as changes', async () => {
    const one = await server.send('/api/public/traces/x', { method: 'DELETE' })
    const many = await server.send('/api/public/traces', { method: 'DELETE', body: '{"traceIds":["y","z"]}' })
    const score = await server.send('/api/public/scores/sc', { method: 'DELETE' })
    expect([one, many, score]).toEqual([
      { status: 200, body: { message: 'Trace deleted successfully' } },
      { status: 200, body: { message: 'Traces deleted successfully' } },
      { status: 202, body: { message: 'Score deletion queued successfully' } },
    ])
    expect(
      server.accepted.map((change) => change.kind === 'removal' && [change.of, change.id, change.projectId]),
    ).toEqual([
      ['trace', 'x', 'p1'],
      ['trace', 'y', 'p1'],
      ['trace', 'z', 'p1'],
      ['score', 'sc', 'p1'],
    ])
  })
})

describe('observations', () => {
  test.each([
    ['newest first', '/observations', ['o2', 'o1']],
    ['type', '/observations?type=EMBEDDING', ['o2']],
    ['user of the trace', '/observations?userId=u1', ['o2', 'o1']],
    ['parent', '/observations?parentObservationId=o1', ['o2']],
    ['v2', '/v2/observations', ['o2', 'o1']],
    ['v2: session of the trace', '/v2/observations?sessionId=s1', ['o2', 'o1']],
    ['v2: an empty parent', '/v2/observations?parentObservationId=', ['o1']],
    ['v2: root', '/v2/observations?isRootObservation=false', ['o2']],
    [
      'v2: from and to',
      '/v2/observations?fromStartTime=2026-01-02T03:04:05Z&toStartTime=2026-01-02T03:04:05.5Z',
      ['o1'],
    ],
    ['v2: limit 0', '/v2/observations?limit=0', []],
    [
      'v2: model by alias',
      `/v2/observations?filter=${json([{ type: 'stringOptions', column: 'model', operator: 'any of', value: ['gpt-4o'] }])}`,
      ['o1'],
    ],
  ])('%s', async (_name, path, expected) => {
    expect(await list(path)).toEqual(expected)
  })

  test('v1 outside a trace shows null for absent prices', async () => {
    expect(await get('/observations/o1')).toMatchObject({
      inputPrice: 1.5e-7,
      totalPrice: null,
      input: [{ role: 'user' }],
    })
  })

  test('v2 with the default groups', async () => {
    expect(await get('/v2/observations?limit=1')).toEqual({
      data: [
        {
          id: 'o2',
          traceId: 't1',
          startTime: '2026-01-02T03:04:05.500Z',
          endTime: null,
          projectId: 'p1',
          parentObservationId: 'o1',
          type: 'EMBEDDING',
          name: null,
          level: 'DEFAULT',
          statusMessage: null,
          version: null,
          environment: 'default',
          bookmarked: false,
          public: false,
          userId: 'u1',
          sessionId: 's1',
          isRootObservation: false,
          modelId: null,
          inputPrice: null,
          outputPrice: null,
          totalPrice: null,
        },
      ],
      meta: { cursor: expect.any(String) },
    })
  })

  test('v2: the model and its prices as decimal text, io as text', async () => {
    expect(await get('/v2/observations?fields=model,io,trace_context&traceId=t1&type=GENERATION')).toMatchObject({
      data: [
        {
          model: 'gpt-4o',
          providedModelName: 'gpt-4o',
          modelId: 'm1',
          internalModelId: 'm1',
          inputPrice: '0.00000015',
          outputPrice: '0.00001',
          totalPrice: null,
          input: '[{"role":"user"}]',
          output: null,
          tags: ['a', 'b'],
          traceName: 'checkout',
        },
      ],
      meta: {},
    })
  })

  test.each([
    ['cut', 'fields=metadata', { short: 'a', long: 'x'.repeat(200), list: `["${'x'.repeat(198)}` }],
    [
      'but for the keys asked for',
      'fields=metadata&expandMetadata=long',
      { short: 'a', long: LONG, list: `["${'x'.repeat(198)}` },
    ],
    ['not with io', 'fields=metadata,io', { short: 'a', long: LONG, list: [LONG] }],
  ])('v2 metadata: %s', async (_name, query, metadata) => {
    expect(await get(`/v2/observations?type=GENERATION&${query}`)).toMatchObject({ data: [{ metadata }] })
  })
})

describe('sessions', () => {
  test('list and by id', async () => {
    const session = { id: 's1', createdAt: '2026-01-02T12:00:01.000Z', projectId: 'p1', environment: 'prod' }
    expect(await get('/sessions')).toEqual({
      data: [session],
      meta: { page: 1, limit: 50, totalItems: 1, totalPages: 1 },
    })
    expect(await get('/sessions/s1')).toMatchObject({
      ...session,
      traces: [{ id: 't1', output: 'ok', externalId: null }],
    })
  })
})

describe('scores', () => {
  test.each([
    ['v1: traces’ alone', '/scores', ['sc1', 'sc4']],
    ['v1 ignores subjects', '/scores?sessionId=s1&traceId=x', ['sc1', 'sc4']],
    ['v2: any subject', '/v2/scores', ['sc1', 'sc4', 'sc3']],
    ['v2: scores alone, the lost one too', '/v2/scores?fields=score', ['sc2', 'sc1', 'sc4', 'sc3']],
    ['v2: trace', '/v2/scores?traceId=t1', ['sc1', 'sc4']],
    ['v2: observations', '/v2/scores?observationId=o1,o9', ['sc4']],
    ['v2: user', '/v2/scores?userId=u1', ['sc1', 'sc4']],
    ['v2: tags of the trace', '/v2/scores?traceTags=a,b', ['sc1', 'sc4']],
    ['v2: value', '/v2/scores?operator=%3E%3D&value=2', ['sc4', 'sc3']],
    ['v2: unequal', '/v2/scores?operator=!%3D&value=1', ['sc4', 'sc3']],
    ['v2: a value without operator', '/v2/scores?value=99', ['sc1', 'sc4', 'sc3']],
    ['v2: ids', '/v2/scores?scoreIds=sc1,sc3', ['sc1', 'sc3']],
    ['v3: all', '/v3/scores', ['sc2', 'sc1', 'sc4', 'sc3']],
    ['v3: ids', '/v3/scores?id=sc1,sc2', ['sc2', 'sc1']],
    ['v3: type in any case', '/v3/scores?dataType=boolean', ['sc1']],
    ['v3: boolean values', '/v3/scores?dataType=BOOLEAN&value=true', ['sc1']],
    ['v3: categories', '/v3/scores?dataType=CATEGORICAL&value=good,bad', ['sc3']],
    ['v3: numbers', '/v3/scores?dataType=NUMERIC&value=3,4', ['sc4']],
    ['v3: bounds, inclusive', '/v3/scores?dataType=NUMERIC&valueMin=0.5&valueMax=3', ['sc2', 'sc4']],
    ['v3: observation', '/v3/scores?traceId=t1&observationId=o1', ['sc4']],
  ])('%s', async (_name, path, expected) => {
    expect(await list(path)).toEqual(expected)
  })

  test('v2 shows the trace', async () => {
    expect(await get('/v2/scores?scoreIds=sc1')).toMatchObject({
      data: [{ observationId: null, trace: { userId: 'u1', tags: ['a', 'b'], environment: 'prod', sessionId: 's1' } }],
    })
    expect(await get('/v2/scores?scoreIds=sc3')).toMatchObject({
      data: [{ sessionId: 's1', traceId: null, trace: null }],
    })
  })

  test('v2 by id finds one whose trace does not exist', async () => {
    expect(await get('/v2/scores/sc2')).toMatchObject({ id: 'sc2', traceId: 'missing', value: 0.5, stringValue: null })
  })

  test('v3 types its values', async () => {
    expect(await get('/v3/scores?fields=subject')).toMatchObject({
      data: [
        { value: 0.5, subject: { kind: 'trace', id: 'missing' } },
        { value: true, subject: { kind: 'trace', id: 't1' } },
        { value: 3, subject: { kind: 'observation', id: 'o1', traceId: 't1' } },
        { value: 'good', subject: { kind: 'session', id: 's1' } },
      ],
      meta: { limit: 50 },
    })
  })
})

describe('metrics', () => {
  test('names and series', async () => {
    expect(await get('/metrics/names')).toEqual({ data: ['load'] })
    expect(await get('/metrics/names?from=2026-01-02T12:00:00Z&to=2026-01-02T13:00:00Z')).toEqual({ data: ['load'] })
    expect(await get('/metrics/names?from=2026-01-03T12:00:00Z')).toEqual({ data: [] })
    expect(await get('/metrics/names?to=2026-01-01T12:00:00Z')).toEqual({ data: [] })
    const range = 'from=2026-01-02T12:00:00Z&to=2026-01-02T13:00:00Z'
    expect(await get(`/metrics/query?name=load&${range}&labels=${json({ gpu: 0 })}&agg=last&step=5m`)).toEqual({
      data: [{ labels: { gpu: '0' }, values: [{ timestamp: '2026-01-02T12:00:00.000Z', value: 1.5 }] }],
      meta: {
        latest_ts: '2026-01-02T12:00:00.000Z',
        latest_point_ts: '2026-01-02T12:00:30.500Z',
        latest_point_ts_by_series: ['2026-01-02T12:00:30.500Z'],
        series_count: 1,
        truncated: false,
      },
    })
    expect(await get('/metrics/query?name=load&group_by=gpu&group_by=node')).toEqual({
      data: [],
      meta: { series_count: 0, truncated: false },
    })
  })

  test('days', async () => {
    expect(await get('/metrics/daily?traceName=checkout&tags=a')).toMatchObject({
      data: [
        {
          date: '2026-01-02',
          countTraces: 1,
          countObservations: 2,
          totalCost: 0.3,
          usage: [{ model: 'gpt-4o', inputUsage: 12 }, { model: null }],
        },
      ],
      meta: { totalItems: 1 },
    })
  })
})

describe('refusals', () => {
  const invalid = (field: string) => ({
    message: 'Invalid request data',
    error: [{ code: expect.any(String), path: [field], message: expect.any(String) }],
  })
  const wrong = (text: string) => ({ message: expect.stringContaining(text), error: 'InvalidRequestError' })
  const native = (text: string) => ({ message: expect.stringContaining(text), code: 'BAD_REQUEST' })

  test.each<[string, unknown]>([
    ['/traces?page=0', invalid('page')],
    ['/traces?limit=201', invalid('limit')],
    ['/observations?limit=101', invalid('limit')],
    ['/traces?limit=ten', invalid('limit')],
    ['/traces?fromTimestamp=yesterday', invalid('fromTimestamp')],
    ['/traces?fromTimestamp=2026-02-30T00:00:00Z', invalid('fromTimestamp')],
    ['/traces?orderBy=colour.asc', wrong('Invalid order by column: colour')],
    ['/traces?orderBy=name.up', wrong('Invalid order by direction')],
    ['/traces?filter=x', { message: 'Invalid JSON in filter parameter', error: 'InvalidRequestError' }],
    ['/traces?filter=%7B%7D', { message: 'Invalid request data', error: expect.any(Array) }],
    [
      `/traces?filter=${json([{ type: 'string', column: 'name', operator: 'like', value: 'x' }])}`,
      { message: 'Invalid request data', error: expect.any(Array) },
    ],
    [
      `/traces?filter=${json([{ type: 'string', column: 'colour', operator: '=', value: 'x' }])}`,
      wrong('Column colour does not match a UI / CH table mapping.'),
    ],
    [
      `/traces?filter=${json([{ type: 'number', column: 'name', operator: '=', value: 1 }])}`,
      wrong("Invalid filter type 'number' for column 'name'."),
    ],
    [
      `/observations?filter=${json([{ type: 'string', column: 'name', operator: 'matches', value: 'x' }])}`,
      wrong("'matches'"),
    ],
    ['/observations?type=THING', invalid('type')],
    ['/observations?level=LOUD', invalid('level')],
    ['/v2/observations?cursor=nonsense', wrong('Invalid cursor format')],
    ['/v2/observations?parseIoAsJson=true', invalid('parseIoAsJson')],
    ['/v2/observations?limit=1001', invalid('limit')],
    ['/v2/scores?fields=trace', wrong('score')],
    ['/v2/scores?fields=score&userId=u', wrong('userId and traceTags')],
    ['/v2/scores?operator=~&value=1', invalid('operator')],
    [
      '/v3/scores?surprise=1',
      { message: 'Invalid request data', error: [expect.objectContaining({ code: 'unrecognized_keys' })] },
    ],
    ['/v3/scores?userId=u', invalid('userId')],
    ['/v3/scores?value=1', invalid('value')],
    ['/v3/scores?value=x&dataType=NUMERIC', invalid('value')],
    ['/v3/scores?value=yes&dataType=BOOLEAN', invalid('value')],
    ['/v3/scores?valueMin=1', invalid('valueMin')],
    ['/v3/scores?observationId=o', invalid('observationId')],
    ['/v3/scores?traceId=a&sessionId=b', invalid('traceId')],
    ['/v3/scores?dataType=ODD', invalid('dataType')],
    ['/v3/scores?fields=core,more', invalid('fields')],
    ['/v3/scores?cursor=e30', wrong('Invalid cursor format')],
    ['/metrics/query', native('name')],
    ['/metrics/query?name=x&step=1y', native('step')],
    ['/metrics/query?name=x&step=31d', native('step')],
    ['/metrics/query?name=x&agg=mode', native('agg')],
    ['/metrics/query?name=x&labels=%7B', native('labels')],
    ['/metrics/query?name=x&labels=[]', native('labels')],
    [
      '/metrics/query?name=x&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
      native('from must not be later than to'),
    ],
  ])('%s', async (path, body) => {
    expect(await server.send(`/api/public${path}`)).toEqual({ status: 400, body })
  })

  test.each([
    ['/traces/nobody', 'Trace nobody not found within authorized project'],
    ['/traces/t3', 'Trace t3 not found within authorized project'],
    ['/observations/nobody', 'Observation nobody not found within authorized project'],
    ['/sessions/nobody', 'Session not found within authorized project'],
    ['/scores/nobody', 'Score not found'],
    ['/scores/sc3', 'Score not found'],
    ['/v2/scores/nobody', 'Score not found'],
  ])('%s', async (path, message) => {
    expect(await server.send(`/api/public${path}`)).toEqual({
      status: 404,
      body: { message, error: 'LangfuseNotFoundError' },
    })
  })

  test.each([
    ['{"traceIds":[]}'],
    ['{"traceIds":["a",""]}'],
    ['{}'],
    ['not json'],
    [JSON.stringify({ traceIds: Array(1001).fill('x') })],
  ])('DELETE /traces %#', async (body) => {
    expect((await server.send('/api/public/traces', { method: 'DELETE', body })).status).toBe(400)
  })
})
