/** Traces, observations and sessions over HTTP: parameters, refusals and the shapes that clients compare. */
import { describe, expect, test } from 'vitest'
import { missing } from '../support/call.ts'
import { filter, invalid, LONG, readWorld, wrong } from './read-world.ts'

const { accepted, send, get, list } = readWorld()

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
    const left = { observations: [], scores: [], totalCost: -1, latency: -1 }
    expect(await get('/traces?fields=core&limit=1')).toMatchObject({
      data: [{ input: null, output: null, metadata: {}, ...left }],
    })
    expect(await get('/traces/t1?fields=core,io')).toMatchObject({ output: 'ok', ...left })
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
    ['filter', `?${filter({ column: 'name', value: 'other' })}`, ['t2']],
    ['filter beats a parameter of its column', `?name=other&${filter({ column: 'Name', value: 'checkout' })}`, ['t1']],
    ['filter and another parameter', `?userId=nobody&${filter({ column: 'name', value: 'checkout' })}`, []],
    [
      'filter on time',
      `?${filter({ type: 'datetime', column: 'timestamp', operator: '>', value: '2026-01-01T12:00:00Z' })}`,
      ['t1'],
    ],
    ['null filter', `?${filter({ type: 'null', column: 'userId', operator: 'is null', value: '' })}`, ['t2']],
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
    const one = await send('/traces/x', { method: 'DELETE' })
    const many = await send('/traces', { method: 'DELETE', body: '{"traceIds":["y","z"]}' })
    const score = await send('/scores/sc', { method: 'DELETE' })
    expect([one, many, score]).toEqual([
      { status: 200, body: { message: 'Trace deleted successfully' } },
      { status: 200, body: { message: 'Traces deleted successfully' } },
      { status: 202, body: { message: 'Score deletion queued successfully' } },
    ])
    expect(accepted().map((change) => change.kind === 'removal' && [change.of, change.id, change.projectId])).toEqual([
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
      `/v2/observations?${filter({ type: 'stringOptions', column: 'model', operator: 'any of', value: ['gpt-4o'] })}`,
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

describe('refusals', () => {
  const shapeless = { message: 'Invalid request data', error: expect.any(Array) }

  test.each<[string, unknown]>([
    ['/traces?page=0', invalid('page')],
    ['/traces?limit=201', invalid('limit')],
    ['/traces?limit=ten', invalid('limit')],
    ['/traces?fromTimestamp=yesterday', invalid('fromTimestamp')],
    ['/traces?fromTimestamp=2026-02-30T00:00:00Z', invalid('fromTimestamp')],
    ['/traces?orderBy=colour.asc', wrong('Invalid order by column: colour')],
    ['/traces?orderBy=name.up', wrong('Invalid order by direction')],
    ['/traces?filter=x', { message: 'Invalid JSON in filter parameter', error: 'InvalidRequestError' }],
    ['/traces?filter=%7B%7D', shapeless],
    [`/traces?${filter({ column: 'name', operator: 'like', value: 'x' })}`, shapeless],
    [`/traces?${filter({ column: 'colour', value: 'x' })}`, wrong('Column colour does not match')],
    [`/traces?${filter({ type: 'number', column: 'name', value: 1 })}`, wrong("Invalid filter type 'number'")],
    [`/observations?${filter({ column: 'name', operator: 'matches', value: 'x' })}`, wrong("'matches'")],
    ['/observations?limit=101', invalid('limit')],
    ['/observations?type=THING', invalid('type')],
    ['/observations?level=LOUD', invalid('level')],
    ['/v2/observations?cursor=nonsense', wrong('Invalid cursor format')],
    ['/v2/observations?parseIoAsJson=true', invalid('parseIoAsJson')],
    ['/v2/observations?limit=1001', invalid('limit')],
  ])('%s', async (path, body) => {
    expect(await send(path)).toEqual({ status: 400, body })
  })

  test.each([
    ['/traces/nobody', 'Trace nobody not found within authorized project'],
    ['/traces/t3', 'Trace t3 not found within authorized project'],
    ['/observations/nobody', 'Observation nobody not found within authorized project'],
    ['/sessions/nobody', 'Session not found within authorized project'],
  ])('%s', async (path, message) => {
    expect(await send(path)).toEqual(missing(message))
  })

  test.each([
    ['{"traceIds":[]}'],
    ['{"traceIds":["a",""]}'],
    ['{}'],
    ['not json'],
    [JSON.stringify({ traceIds: Array(1001).fill('x') })],
  ])('DELETE /traces %#', async (body) => {
    expect((await send('/traces', { method: 'DELETE', body })).status).toBe(400)
  })
})
