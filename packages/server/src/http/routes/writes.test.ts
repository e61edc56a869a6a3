import { describe, expect, test } from 'vitest'
import type { Authenticator, Caller } from '#auth/caller.ts'
import type { Change } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import { createHttp } from '#http/server.ts'
import { testScoreConfig } from '#ingest/context.fixture.ts'
import { createRefusals } from '#ingest/refusals.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { ingestionRoutes } from './ingestion.ts'
import { legacyWriteRoutes } from './legacy-writes.ts'
import { nativeRoutes } from './native.ts'
import { scoreWriteRoutes } from './scores-write.ts'

const project: Caller = { projectId: projectId('p'), scope: 'project', isToken: false, publicKey: 'pk' }
const authenticator: Authenticator = {
  authenticate: async (header) => {
    if (header === 'Basic') return { caller: project }
    if (header === 'Bearer pk') return { caller: { ...project, scope: 'scores' } }
    return { failure: header === undefined ? 'missing' : 'credentials' }
  },
}

const config = testScoreConfig({ id: 'c1', name: 'quality', maxValue: 1 })

/** The write routes in front of a log that keeps what it is given, or fails. */
function serve({ failure, admit = () => {} }: { failure?: AppError; admit?: (bytes: number) => void } = {}) {
  const changes: Change[] = []
  const claims = new Map<string, number>()
  const metrics = createMetrics()
  const deps = {
    admit,
    accept: async (taken: readonly Change[]) => {
      if (failure) throw failure
      changes.push(...taken)
    },
    refusals: createRefusals({ metrics, logger: silentLogger }),
    scoreConfigs: {
      byIds: async (_: unknown, ids: readonly string[]) => (ids.includes(config.id) ? [config] : []),
    },
    idempotency: {
      claim: async (_: unknown, key: string, receivedAt: number) => {
        claims.set(key, claims.get(key) ?? receivedAt)
        return claims.get(key) ?? receivedAt
      },
    },
  }
  const http = createHttp({
    routes: [...ingestionRoutes(deps), ...scoreWriteRoutes(deps), ...legacyWriteRoutes(deps), ...nativeRoutes(deps)],
    authenticator,
    barrier: { caughtUp: async () => 0 },
    limiter: { take: () => ({ allowed: true }) },
    logger: silentLogger,
    metrics,
    options: { maxBodyBytes: 1 << 21, readBarrierMs: 0 },
  })
  const send = async (
    path: string,
    body: unknown,
    init: { method?: string; headers?: Record<string, string> } = {},
  ) => {
    const response = await http.fetch(
      new Request(`http://x${path}`, {
        method: init.method ?? 'POST',
        headers: { Authorization: 'Basic', 'Content-Type': 'application/json', ...init.headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    )
    const answer: unknown = await response.json()
    return { status: response.status, answer, headers: response.headers }
  }
  return { send, changes, metrics }
}

const event = (type: string, body: object, id = 'e') => ({ id, type, timestamp: '2026-01-02T03:04:05Z', body })

describe('POST /api/public/ingestion', () => {
  const path = '/api/public/ingestion'

  test('answers 207 with a verdict for each event and counts what it refused', async () => {
    const { send, changes, metrics } = serve()
    const batch = [event('trace-create', { id: 't' }, 'a'), event('nonsense', {}, 'b')]
    const { status, answer } = await send(path, { batch, metadata: { sdk_name: 'python' } })
    expect(status).toBe(207)
    expect(answer).toMatchObject({ successes: [{ id: 'a', status: 201 }], errors: [{ id: 'b', status: 400 }] })
    expect(changes).toMatchObject([{ kind: 'trace', id: 't', projectId: 'p' }])
    expect(await metrics.text()).toContain('xtrace_ingest_refused_total{via="ingestion"} 1')
  })

  test('keeps digits and key order of payloads', async () => {
    const { send, changes } = serve()
    const input = '{"b":1,"10":12345678901234567890}'
    const sent = `{"batch":[{"id":"e","type":"trace-create","timestamp":"2026-01-02T03:04:05Z","body":{"id":"t","input":${input}}}]}`
    expect((await send(path, sent)).status).toBe(207)
    expect(changes[0]).toMatchObject({ input })
  })

  test.each([
    ['hyphens', 'x-langfuse-sdk-name', 'x-langfuse-sdk-version'],
    ['underscores', 'x_langfuse_sdk_name', 'x_langfuse_sdk_version'],
  ])('attributes records to the SDK that its headers name with %s', async (_, name, version) => {
    const { send, changes } = serve()
    const body = { batch: [event('score-create', { id: 's', name: 'n', value: 1, traceId: 't' })] }
    await send(path, body, { headers: { [name]: 'python', [version]: '2.60.0' } })
    expect(changes[0]?.origin).toEqual({ apiKey: 'pk', sdkName: 'python', sdkVersion: '2.60.0', via: 'ingestion' })
  })

  test('a record of no SDK is attributed to an unknown one', async () => {
    const { send, changes } = serve()
    await send(path, { batch: [event('trace-create', { id: 't' })] })
    expect(changes[0]?.origin).toMatchObject({ sdkName: 'unknown', sdkVersion: 'unknown' })
  })

  test('a public key as bearer may write scores only', async () => {
    const { send, changes } = serve()
    const batch = [
      event('trace-create', { id: 't' }, 'a'),
      event('score-create', { id: 's', name: 'n', value: 1, traceId: 't' }, 'b'),
    ]
    const { status, answer } = await send(path, { batch }, { headers: { Authorization: 'Bearer pk' } })
    expect(status).toBe(207)
    expect(answer).toMatchObject({ successes: [{ id: 'b' }], errors: [{ id: 'a', status: 401 }] })
    expect(changes.map(({ kind }) => kind)).toEqual(['score'])
  })

  test('a score that its configuration refuses is answered 201, dropped and counted', async () => {
    const { send, changes, metrics } = serve()
    const score = (id: string, value: number) =>
      event('score-create', { id, name: 'x', value, traceId: 't', configId: 'c1' }, id)
    const { answer } = await send(path, { batch: [score('bad', 5), score('good', 1)] })
    expect(answer).toMatchObject({ successes: [{ id: 'bad' }, { id: 'good' }], errors: [] })
    expect(changes).toMatchObject([{ id: 'good', name: 'quality' }])
    expect(await metrics.text()).toContain('xtrace_scores_dropped_total 1')
  })

  test.each<[string, unknown]>([
    ['an object without batch', {}],
    ['text that is not JSON', '{"batch":'],
    ['a batch that is no list', { batch: 'x' }],
  ])('%s is 400 with a list of errors', async (_, body) => {
    const { status, answer } = await serve().send(path, body)
    expect(status).toBe(400)
    expect(answer).toMatchObject({ message: 'Invalid request data', errors: [expect.any(String)] })
  })

  test('a log that can take nothing fails the whole request', async () => {
    const { send } = serve({ failure: new AppError('log_full', undefined, { retryAfter: 1 }) })
    const { status, headers } = await send(path, { batch: [event('trace-create', { id: 't' })] })
    expect(status).toBe(503)
    expect(headers.get('Retry-After')).toBe('1')
  })

  test('no credential is 401', async () => {
    const { status, answer } = await serve().send(path, { batch: [] }, { headers: { Authorization: 'Basic wrong' } })
    expect(status).toBe(401)
    expect(answer).toMatchObject({ error: 'UnauthorizedError', message: expect.any(String) })
  })
})

describe('POST /api/public/scores', () => {
  const path = '/api/public/scores'
  const score = (fields: object = {}) => ({ id: 's', name: 'n', value: 1, traceId: 't', ...fields })

  test('a single score is answered with its id', async () => {
    const { send, changes } = serve()
    const timestamp = '2026-01-01T00:00:00Z'
    expect(await send(path, score({ timestamp, metadata: [1] }))).toMatchObject({ status: 200, answer: { id: 's' } })
    expect(changes).toMatchObject([
      { kind: 'score', id: 's', timestamp: BigInt(Date.parse(timestamp)) * 1_000_000n, metadata: '{"metadata":[1]}' },
    ])
    expect(changes[0]?.origin.via).toBe('api')
  })

  test.each([
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
  ])('an id that is %s is made', async (_, id) => {
    const { send, changes } = serve()
    const { answer } = await send(path, score({ id }))
    expect(answer).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(answer).toEqual({ id: changes[0]?.kind === 'score' && changes[0].id })
  })

  test.each<[string, object, RegExp]>([
    ['EVAL as the source', { source: 'EVAL' }, /source/],
    ['ANNOTATION without a configuration', { source: 'ANNOTATION' }, /configId/],
    ['two subjects', { sessionId: 's' }, /Provide exactly one of the following/],
    ['no value', { value: undefined }, /value/],
  ])('%s is 400 with the issues', async (_, fields, problem) => {
    const { status, answer } = await serve().send(path, score(fields))
    expect(status).toBe(400)
    expect(answer).toMatchObject({ message: 'Invalid request data', error: [expect.anything()] })
    expect(JSON.stringify(answer)).toMatch(problem)
  })

  test('a list that fits is answered 202', async () => {
    const { send, changes } = serve()
    const list = [
      score({ id: 'a', dataType: 'BOOLEAN', value: 1.0 }),
      score({ id: 'b', traceId: undefined, datasetRunId: 'r' }),
    ]
    expect(await send(path, list)).toMatchObject({ status: 202, answer: { message: 'Accepted' } })
    expect(changes).toMatchObject([
      { id: 'a', stringValue: 'True' },
      { id: 'b', datasetRunId: 'r' },
    ])
  })

  test('a list that fits in part is answered 207, the good ones stand', async () => {
    const { send, changes, metrics } = serve()
    const { status, answer } = await send(path, [score({ id: 'a' }), { id: 'b' }, 5])
    expect(status).toBe(207)
    expect(answer).toEqual({
      accepted: 1,
      rejected: 2,
      errors: [
        { message: expect.stringContaining('scores[1] name: ') },
        { message: expect.stringContaining('scores[2] ') },
      ],
    })
    expect(changes).toMatchObject([{ id: 'a' }])
    expect(await metrics.text()).toContain('xtrace_ingest_refused_total{via="scores"} 2')
  })

  test('a public key as bearer suffices', async () => {
    const { status } = await serve().send(path, score(), { headers: { Authorization: 'Bearer pk' } })
    expect(status).toBe(200)
  })

  test('a list of a megabyte is taken', async () => {
    const list = Array.from({ length: 10 }, (_, index) => score({ id: `s${index}`, comment: 'x'.repeat(100_000) }))
    expect((await serve().send(path, list)).status).toBe(202)
  })
})

describe('the oldest write routes', () => {
  test.each<[string, string, object, object]>([
    ['POST', '/traces', { id: 'x', name: 'n' }, { kind: 'trace', id: 'x', name: 'n' }],
    ['POST', '/spans', { id: 'x', traceId: 't' }, { kind: 'observation', id: 'x', type: 'SPAN' }],
    ['POST', '/events', { id: 'x', traceId: 't' }, { kind: 'observation', id: 'x', type: 'EVENT' }],
    ['PATCH', '/spans', { spanId: 'x', output: 'o' }, { kind: 'observation', id: 'x', output: 'o', isUpdate: true }],
    [
      'POST',
      '/generations',
      { id: 'x', traceId: 't', prompt: [1], completion: 'c' },
      { kind: 'observation', id: 'x', type: 'GENERATION', input: '[1]', output: 'c' },
    ],
    [
      'PATCH',
      '/generations',
      { generationId: 'x', completion: 'c' },
      { kind: 'observation', id: 'x', output: 'c', isUpdate: true },
    ],
  ])('%s %s', async (...[method, path, body, expected]) => {
    const { send, changes } = serve()
    expect(await send(`/api/public${path}`, body, { method })).toMatchObject({ status: 200, answer: { id: 'x' } })
    expect(changes.at(-1)).toMatchObject(expected)
  })

  test('a record without an id gets one', async () => {
    const { send, changes } = serve()
    const { answer } = await send('/api/public/spans', { name: 'n' })
    expect(changes).toMatchObject([{ kind: 'trace', fallback: { name: 'n' } }, { kind: 'observation' }])
    expect(answer).toEqual({ id: changes[1]?.kind === 'observation' && changes[1].id })
  })

  test.each<[string, string, object, RegExp]>([
    ['POST', '/traces', { id: 'x', name: 'n'.repeat(1500) }, /name/],
    ['PATCH', '/spans', { output: 'o' }, /spanId is required/],
    ['PATCH', '/generations', {}, /generationId is required/],
  ])('%s %s is 400 when the record does not fit', async (...[method, path, body, problem]) => {
    const { send, changes } = serve()
    const { status, answer } = await send(`/api/public${path}`, body, { method })
    expect(status).toBe(400)
    expect(answer).toMatchObject({ message: expect.any(String) })
    expect(JSON.stringify(answer)).toMatch(problem)
    expect(changes).toEqual([])
  })
})

describe('POST /v1/l/batch', () => {
  const path = '/v1/l/batch'

  test('answers 200 when all was taken', async () => {
    const { send, changes } = serve()
    const body = { trace: { id: 't' }, observations: [{ id: 'o', traceId: 't' }] }
    expect(await send(path, body)).toMatchObject({ status: 200, answer: { message: 'Request Successful.' } })
    expect(changes.map(({ kind }) => kind)).toEqual(['trace', 'trace', 'observation'])
    expect(changes[0]?.origin.via).toBe('native')
  })

  test('answers 207 when some was refused', async () => {
    const { send } = serve()
    const { status, answer } = await send(path, { trace: { id: 't' }, observations: [{ id: 'o' }] })
    expect(status).toBe(207)
    expect(answer).toEqual({
      message: expect.any(String),
      data: { failed: [{ id: 'o', index: 0, message: expect.stringMatching(/^observations\[0\]\.traceId/) }] },
    })
  })

  test.each<[string, unknown]>([
    ['nothing usable', { trace: {} }],
    ['text that is not JSON', '{'],
    ['a list', []],
  ])('%s is 400', async (_, body) => {
    const { status, answer } = await serve().send(path, body)
    expect(status).toBe(400)
    expect(answer).toMatchObject({ message: expect.any(String), code: 'BAD_REQUEST' })
  })
})

describe('POST /v1/metrics/batch', () => {
  const path = '/v1/metrics/batch'
  const body = { metrics: [{ name: 'gpu', value: 1 }] }

  test('appends points', async () => {
    const { send, changes } = serve()
    expect(await send(path, body)).toMatchObject({ status: 200, answer: { message: 'Request Successful.' } })
    expect(changes).toMatchObject([{ kind: 'metrics', points: [{ name: 'gpu', value: 1 }] }])
  })

  test('the same idempotency key makes the same change', async () => {
    const { send, changes } = serve()
    const headers = { 'Idempotency-Key': 'k' }
    await send(path, body, { headers })
    await expect.poll(() => Date.now()).toBeGreaterThan(changes[0]?.receivedAt ?? 0)
    await send(path, body, { headers })
    expect(changes).toHaveLength(2)
    expect(changes[1]).toEqual(changes[0])
  })

  test('an idempotency key of 256 characters is 400', async () => {
    const { status, answer } = await serve().send(path, body, { headers: { 'Idempotency-Key': 'k'.repeat(256) } })
    expect(status).toBe(400)
    expect(answer).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('Idempotency-Key') })
  })

  test('a value out of range is 400', async () => {
    expect((await serve().send(path, '{"metrics":[{"name":"a","value":1e999}]}')).status).toBe(400)
  })
})

test.each<[string, string]>([
  ['POST', '/api/public/ingestion'],
  ['POST', '/api/public/scores'],
  ['POST', '/api/public/traces'],
  ['PATCH', '/api/public/generations'],
  ['POST', '/v1/l/batch'],
  ['POST', '/v1/metrics/batch'],
])('%s %s refuses what the log has no room for by its length, before it is parsed', async (method, path) => {
  const admit = (bytes: number) => {
    if (bytes > 10) throw new AppError('log_full', undefined, { retryAfter: 1 })
  }
  const { send } = serve({ admit })
  const { status, headers } = await send(path, '{"batch":', { method, headers: { 'content-length': '11' } })
  expect(status).toBe(503)
  expect(headers.get('Retry-After')).toBe('1')
  expect((await send(path, '{"batch":', { method, headers: { 'content-length': '9' } })).status).toBe(400)
})
