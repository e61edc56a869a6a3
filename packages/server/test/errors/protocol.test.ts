/** Methods, origins, request ids and the read limit (public-api contract §1.2, langfuse-ingestion contract §1.2, xtrace-native contract §2). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, TEST_KEYS, TEST_TOKEN, type TestApp } from '../support/app.ts'

const BURST = 5

let app: TestApp
beforeAll(async () => {
  // One request in a hundred seconds: what the burst allows is all that there is.
  app = await openTestApp({ readLimit: { qps: 0.01, burst: BURST } })
})
afterAll(() => app?.close())

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const ORIGIN = 'https://app.example.com'

describe('a method that a path does not have', () => {
  const langfuse = { message: 'Method not allowed', error: 'MethodNotAllowedError' }
  const native = { message: 'Method not allowed', code: 'METHOD_NOT_ALLOWED' }
  test.each<[string, string, string, object]>([
    ['GET', '/api/public/ingestion', 'POST', langfuse],
    ['PUT', '/api/public/traces', 'GET, POST, DELETE, HEAD', langfuse],
    ['POST', '/api/public/traces/x', 'GET, DELETE, HEAD', langfuse],
    ['DELETE', '/api/public/observations/x', 'GET, HEAD', langfuse],
    ['POST', '/api/public/sessions', 'GET, HEAD', langfuse],
    ['GET', '/api/public/spans', 'POST, PATCH', langfuse],
    ['PUT', '/api/public/scores/x', 'GET, DELETE, HEAD', langfuse],
    ['GET', '/api/public/otel/v1/traces', 'POST', langfuse],
    ['GET', '/v1/traces', 'POST', langfuse],
    ['GET', '/v1/l/batch', 'POST', native],
    ['DELETE', '/v1/metrics/batch', 'POST', native],
    ['POST', '/api/public/metrics/query', 'GET, HEAD', native],
    ['POST', '/healthz', 'GET, HEAD', native],
  ])('%s %s', async (...[method, path, allow, body]) => {
    const answer = await app.fetch(new Request(`http://127.0.0.1:8742${path}`, { method }))
    expect([answer.status, await answer.json()]).toEqual([405, body])
    const methods = (text: string | null) => text?.split(', ').sort()
    expect(methods(answer.headers.get('allow'))).toEqual(methods(allow))
  })

  test('projects have a wording of their own', async () => {
    const answer = await app.send('PATCH', '/api/public/projects', { body: {} })
    expect([answer.status, await answer.json()]).toMatchObject([405, { message: expect.any(String) }])
  })
})

describe('another origin', () => {
  test.each(['/api/public/ingestion', '/api/public/scores', '/v1/l/batch', '/no/such/path'])(
    'may ask before it calls %s',
    async (path) => {
      const headers = {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-langfuse-sdk-name',
      }
      const answer = await app.fetch(new Request(`http://127.0.0.1:8742${path}`, { method: 'OPTIONS', headers }))
      expect([answer.status, await answer.text()]).toEqual([204, ''])
      expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN)
      expect(answer.headers.get('access-control-allow-headers')).toBe(headers['access-control-request-headers'])
      expect(answer.headers.get('access-control-allow-methods')).toContain('POST')
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
      expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin')
    },
  )

  test.each([
    ['an answer', 'POST', '/api/public/ingestion', '{"batch":[]}', 207],
    ['a refusal', 'POST', '/api/public/ingestion', '{', 400],
    ['a wrong method', 'PUT', '/api/public/ingestion', '{}', 405],
    ['a wrong path', 'POST', '/api/public/none', '{}', 404],
  ])('may read %s', async (...[, method, path, body, status]) => {
    const answer = await app.send(method, path, { body, headers: { origin: ORIGIN } })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, ORIGIN])
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id')
  })

  test('is not told of where there is none', async () => {
    const answer = await app.send('POST', '/api/public/ingestion', { body: '{"batch":[]}' })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('the request id', () => {
  const post = (headers: Record<string, string>, body = '{"batch":[]}') =>
    app.send('POST', '/api/public/ingestion', { body, headers })

  test.each(['abc', 'req-1.2:3/4', 'x'.repeat(128)])('%s is given back', async (id) => {
    expect((await post({ 'x-request-id': id })).headers.get('x-request-id')).toBe(id)
  })

  test.each(['', 'x'.repeat(129), 'two words', '<script>', 'quote"'])('%j is replaced', async (id) => {
    expect((await post({ 'x-request-id': id })).headers.get('x-request-id')).toMatch(UUID)
  })

  test.each([
    ['POST', '/api/public/ingestion', {}, 400],
    ['POST', '/api/public/ingestion', { authorization: 'x' }, 401],
    ['GET', '/api/public/none', {}, 404],
    ['GET', '/api/public/ingestion', {}, 405],
    ['POST', '/api/public/ingestion', { 'content-length': '999999999' }, 413],
    ['GET', '/healthz', {}, 200],
    ['OPTIONS', '/v1/l/batch', { origin: ORIGIN, 'access-control-request-method': 'POST' }, 204],
  ])('is on %s %s with %j (%i)', async (...[method, path, headers, status]) => {
    const body = method === 'POST' ? '{' : undefined
    const answer = await app.send(method, path, { body, headers })
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([status, expect.stringMatching(UUID)])
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('the read limit', () => {
  const read = (path: string, authorization: string) => app.send('GET', path, { headers: { authorization } })
  const pair = `Basic ${Buffer.from(`${TEST_KEYS.publicKey}:${TEST_KEYS.secretKey}`).toString('base64')}`
  const token = `Bearer ${TEST_TOKEN}`

  test('row 80: reads beyond the burst are a 429 with its time, in every family the same', async () => {
    const paths = ['traces', 'observations/x', 'v2/scores', 'metrics/names', 'metrics/daily']
    const within = await Promise.all(paths.map(async (path) => (await read(`/api/public/${path}`, pair)).status))
    expect(within).toEqual([200, 404, 200, 200, 200])
    const before = Date.now()
    for (const path of paths) {
      const answer = await read(`/api/public/${path}`, pair)
      const body = Object(await answer.json())
      const resetAt = Date.parse(body.meta?.rate_limit?.reset_at)
      expect(answer.status).toBe(429)
      expect(body).toEqual({
        message: 'Too Many Requests',
        code: 'TOO_MANY_REQUESTS',
        data: null,
        meta: { rate_limit: { remaining: 0, reset_at: new Date(resetAt).toISOString() } },
      })
      const seconds = Number(answer.headers.get('retry-after'))
      expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 100).toBe(true)
      expect(resetAt).toBeGreaterThan(before)
      expect(Math.abs(resetAt - before - seconds * 1000)).toBeLessThan(5000)
      expect(answer.headers.get('x-request-id')).toMatch(UUID)
    }
  })

  test('writes, projects, health and other credentials go on', async () => {
    expect((await read('/api/public/traces', pair)).status).toBe(429)
    const writes = [
      ['/api/public/ingestion', '{"batch":[]}', 207],
      ['/v1/l/batch', '{}', 200],
      ['/v1/traces', '{}', 200],
      ['/api/public/scores', '[]', 202],
    ] as const
    for (const [path, body, status] of writes) expect((await app.send('POST', path, { body })).status).toBe(status)
    expect((await app.send('DELETE', '/api/public/traces/none')).status).toBe(200)
    expect((await read('/api/public/projects', pair)).status).toBe(200)
    expect((await read('/api/public/health', pair)).status).toBe(200)
    expect((await read('/api/public/traces', token)).status).toBe(200)
  })

  test('the figures tell what was let through and what was not, credentials masked', async () => {
    const answer = await read('/api/internal/rate_limit_stats', token)
    expect(await answer.json()).toEqual({
      rate_limit_qps: 0.01,
      rate_limit_burst: BURST,
      total_allowed: BURST + 1,
      total_rejected: 6,
      rejection_rate: expect.closeTo(0.5),
      top_rejected_tokens: [{ token: expect.not.stringContaining(TEST_KEYS.publicKey), count: 6 }],
    })
  })
})
