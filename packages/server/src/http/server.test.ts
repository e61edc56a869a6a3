import { deflateSync, gzipSync } from 'node:zlib'
import { z } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import type { Authenticator, AuthResult, Caller } from '#auth/caller.ts'
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import { JsonText } from '#lib/json/json-text.ts'
import type { Logger } from '#telemetry/logger.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createMetrics, nopMetrics } from '#telemetry/metrics.ts'
import { type Route, type RouteRequest, route } from './route.ts'
import { createHttp, type HttpDeps } from './server.ts'

const PROJECT = projectId('p1')
const full: Caller = { projectId: PROJECT, scope: 'project', isToken: false, publicKey: 'pk-1' }
const CALLERS: Record<string, AuthResult> = {
  Basic: { caller: full },
  Token: { caller: { ...full, isToken: true, publicKey: 'token' } },
  Scores: { caller: { ...full, scope: 'scores' } },
  Bad: { failure: 'credentials' },
  BadPublic: { failure: 'public_key' },
  Strange: { failure: 'scheme' },
}
const authenticator: Authenticator = {
  authenticate: async (header) => (header === undefined ? { failure: 'missing' } : (CALLERS[header] ?? broken())),
}

function broken(): never {
  throw new AppError('unavailable', 'The catalogue is gone')
}

type Part = Partial<Route> & Pick<Route, 'handle'>

const tiny = (part: Part): Route =>
  route({
    method: 'GET',
    path: '/api/public/things',
    access: 'none',
    errors: 'langfuse',
    doc: { operationId: 'thing', tag: 'Things', summary: 'A thing', responses: {} },
    ...part,
  })

function serve(routes: readonly Route[], deps: Partial<HttpDeps> = {}) {
  const http = createHttp({
    routes,
    authenticator,
    barrier: { caughtUp: async () => 0 },
    limiter: { take: () => ({ allowed: true }) },
    logger: silentLogger,
    metrics: nopMetrics,
    ...deps,
    options: { maxBodyBytes: 1000, readBarrierMs: 5, ...deps.options },
  })
  return (path: string, init?: RequestInit) => http.fetch(new Request(`http://xtrace${path}`, init))
}

/** One route that answers with what `pick` takes from the request. */
const echo = (pick: (request: RouteRequest<unknown, unknown>) => unknown, part: Partial<Route> = {}) =>
  serve([tiny({ handle: async (request) => ({ body: await pick(request) }), ...part })])

const AUTH = { headers: { authorization: 'Basic' } }

describe('answers', () => {
  test.each([
    [
      'JSON with text inside',
      { body: { big: new JsonText('9007199254740993') } },
      '{"big":9007199254740993}',
      'application/json; charset=utf-8',
    ],
    ['null', { body: null }, 'null', 'application/json; charset=utf-8'],
    ['nothing to say', {}, '{"message":"OK"}', 'application/json; charset=utf-8'],
    ['text of its own type', { body: 'a,b', headers: { 'content-type': 'text/csv' } }, 'a,b', 'text/csv'],
    ['text as JSON', { body: 'a' }, '"a"', 'application/json; charset=utf-8'],
    ['bytes', { body: new Uint8Array([104, 105]) }, 'hi', 'application/octet-stream'],
    [
      'no bytes at all',
      { body: new Uint8Array(), headers: { 'content-type': 'application/x-protobuf' } },
      '',
      'application/x-protobuf',
    ],
  ])('%s', async (...[, reply, text, type]) => {
    const response = await serve([tiny({ handle: () => reply })])('/api/public/things')
    expect([response.status, await response.text()]).toEqual([200, text])
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('204 has no body', async () => {
    const response = await serve([tiny({ handle: () => ({ status: 204, body: 'x' }) })])('/api/public/things')
    expect([response.status, await response.text()]).toEqual([204, ''])
  })
})

describe('routing', () => {
  const say = (path: string, part: Partial<Route> = {}) =>
    tiny({ path, handle: (request) => ({ body: [path, request.params] }), ...part })
  const fetch = serve([
    say('/api/public/things/:id'),
    say('/api/public/things/stats'),
    say('/api/public/things/:id', { method: 'DELETE' }),
    say('/v1/things', { method: 'POST', errors: 'native' }),
  ])

  test('takes the literal path before the pattern', async () => {
    expect(await (await fetch('/api/public/things/stats')).json()).toEqual(['/api/public/things/stats', {}])
  })

  test.each([
    ['plain', 'a', 'a'],
    ['a slash', 'a%2Fb', 'a/b'],
    ['a percent sign', '100%25', '100%'],
    ['Unicode', '%E4%B8%AD', '中'],
    ['decoded once', '%2541', '%41'],
  ])('decodes a path parameter: %s', async (...[, sent, expected]) => {
    expect(await (await fetch(`/api/public/things/${sent}`)).json()).toEqual([
      '/api/public/things/:id',
      { id: expected },
    ])
  })

  test('answers HEAD like GET', async () => {
    const response = await fetch('/api/public/things/a', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  test.each([
    [
      'another method',
      'PATCH',
      '/api/public/things/a',
      405,
      'GET, DELETE, HEAD',
      { message: 'Method not allowed', error: 'MethodNotAllowedError' },
    ],
    [
      'another method, native',
      'GET',
      '/v1/things',
      405,
      'POST',
      { message: 'Method not allowed', code: 'METHOD_NOT_ALLOWED' },
    ],
    [
      'an unknown path',
      'GET',
      '/api/public/nothing',
      404,
      null,
      { message: 'There is no GET /api/public/nothing here', error: 'LangfuseNotFoundError' },
    ],
    [
      'an unknown native path',
      'POST',
      '/v1/nothing',
      404,
      null,
      { message: 'There is no POST /v1/nothing here', code: 'NOT_FOUND' },
    ],
  ])('refuses %s', async (...[, method, path, status, allow, body]) => {
    const response = await fetch(path, { method })
    expect([response.status, response.headers.get('allow'), await response.json()]).toEqual([status, allow, body])
  })

  test('refuses two routes of one path and method', () => {
    expect(() => serve([say('/a'), say('/a')])).toThrow('Two routes answer GET /a')
  })
})

describe('pages', () => {
  const fetch = serve([], {
    pages: async (path) => (path === '/' ? { body: '<p>', headers: { 'content-type': 'text/html' } } : undefined),
  })

  test.each([
    ['GET', '/', 200],
    ['HEAD', '/', 200],
    ['POST', '/', 404],
    ['GET', '/none', 404],
    ['GET', '/api/public/x', 404],
  ])('%s %s is %i', async (method, path, status) => {
    expect((await fetch(path, { method })).status).toBe(status)
  })
})

describe('callers', () => {
  const whoami = (part: Partial<Route>, options: Partial<HttpDeps['options']> = {}) =>
    serve([tiny({ handle: ({ caller }) => ({ body: caller.publicKey + caller.projectId }), ...part })], {
      options: { maxBodyBytes: 1, readBarrierMs: 1, ...options },
    })

  test.each([
    ['no header', 'project', undefined, 401, { message: 'No authorization header' }],
    ['an unknown scheme', 'project', 'Strange', 401, { message: 'Invalid authorization header' }],
    ['a wrong secret', 'project', 'Bad', 401, { message: expect.stringMatching(/^Invalid credentials\./) }],
    ['a wrong public key', 'scores', 'BadPublic', 401, { message: expect.stringMatching(/^Invalid public key\./) }],
    ['a scores key on a project route', 'project', 'Scores', 403, { message: expect.stringMatching(/^Access denied/) }],
    ['a pair on a token route', 'token', 'Basic', 403, { message: expect.stringMatching(/^Access denied/) }],
    ['a catalogue that is down', 'project', 'Down', 503, { message: 'Service Unavailable' }],
    ['a pair', 'project', 'Basic', 200, 'pk-1p1'],
    ['a scores key where it may', 'scores', 'Scores', 200, 'pk-1p1'],
    ['the token', 'token', 'Token', 200, 'tokenp1'],
    ['anyone', 'none', undefined, 200, 'anonymous'],
  ] as const)('%s', async (...[, access, authorization, status, body]) => {
    const response = await whoami({ access })('/api/public/things', authorization ? { headers: { authorization } } : {})
    expect([response.status, await response.json()]).toEqual([status, body])
  })

  test('the method is checked before the caller, the caller before the query', async () => {
    const fetch = whoami({ access: 'project', query: z.object({ page: z.coerce.number() }) })
    expect((await fetch('/api/public/things?page=x', { method: 'POST' })).status).toBe(405)
    expect((await fetch('/api/public/things?page=x')).status).toBe(401)
    expect((await fetch('/api/public/things?page=x', AUTH)).status).toBe(400)
  })

  test.each([
    ['projects', { access: 'project', path: '/api/public/projects', errors: 'projects' }, 200],
    ['OTLP', { access: 'project', path: '/v1/traces', errors: 'otlp' }, 200],
    ['other routes', { access: 'project', path: '/api/public/traces' }, 401],
  ] as const)('an open project serves %s', async (_name, part, status) => {
    expect(
      (await whoami(part, { openProject: PROJECT })(part.path, { headers: { authorization: 'Bad' } })).status,
    ).toBe(status)
    expect((await whoami(part)(part.path)).status).toBe(401)
  })
})

describe('requests', () => {
  test.each([
    ['nothing', '', {}],
    ['one', '?a=1', { a: '1' }],
    ['repeated', '?a=1&a=2&a=3', { a: ['1', '2', '3'] }],
    ['empty is absent', '?a=&b=1&b=', { b: '1' }],
    ['encoded', '?a%5B%5D=x%20y+z&c=%E4%B8%AD', { 'a[]': 'x y z', c: '中' }],
    ['broken encoding', '?a=%zz', { a: '%zz' }],
    ['__proto__', '?__proto__=1&b=2', JSON.parse('{"__proto__":"1","b":"2"}')],
  ])('query: %s', async (_name, query, expected) => {
    expect(await (await echo((request) => request.query)(`/api/public/things${query}`)).json()).toEqual(expected)
  })

  test('a query that does not fit the schema is answered with its issues', async () => {
    const response = await echo(() => 1, { query: z.object({ page: z.coerce.number() }) })('/api/public/things?page=x')
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { message: 'Invalid request data', error: [{ path: ['page'] }] },
    ])
  })

  test.each([
    ['x-langfuse-sdk-name', 'x-langfuse-sdk-name'],
    ['x_langfuse_sdk_name', 'X-Langfuse-Sdk-Name'],
  ])('header %s is found', async (sent, asked) => {
    const fetch = echo((request) => request.header(asked))
    expect(await (await fetch('/api/public/things', { headers: { [sent]: 'python' } })).json()).toBe('python')
  })

  const post = (body: NonNullable<RequestInit['body']>, encoding?: string) =>
    ({ method: 'POST', body, duplex: 'half', headers: encoding ? { 'content-encoding': encoding } : {} }) as const
  const inChunks = (chunks: readonly Uint8Array[]) =>
    new ReadableStream({
      start: (stream) => {
        for (const chunk of chunks) stream.enqueue(chunk)
        stream.close()
      },
    })
  const read = echo((request) => request.text(), { method: 'POST' })

  test.each([
    ['text', post('{"a":"中"}')],
    ['with a byte order mark', post('\uFEFF{"a":"中"}')],
    ['gzip', post(gzipSync('{"a":"中"}'), 'gzip')],
    ['GZIP', post(gzipSync('{"a":"中"}'), 'GZIP')],
    ['deflate', post(deflateSync('{"a":"中"}'), 'deflate')],
    ['identity', post('{"a":"中"}', 'identity')],
    [
      'chunks that cut a character',
      post(inChunks([Buffer.from('{"a":"中"}').subarray(0, 7), Buffer.from('{"a":"中"}').subarray(7)])),
    ],
  ])('body: %s', async (_name, init) => {
    expect(await (await read('/api/public/things', init)).json()).toBe('{"a":"中"}')
  })

  test.each([
    ['too long', post('x'.repeat(1001)), 413],
    ['too long in chunks', post(inChunks([new Uint8Array(600), new Uint8Array(600)])), 413],
    ['endless', post(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(400)) })), 413],
    ['a bomb', post(gzipSync('x'.repeat(1_000_000)), 'gzip'), 413],
    ['just fits inflated', post(gzipSync('x'.repeat(1000)), 'gzip'), 200],
    ['not gzip', post('hello', 'gzip'), 400],
    ['half a gzip', post(gzipSync('hello').subarray(0, 15), 'gzip'), 400],
    ['an unknown encoding', post('hello', 'zstd'), 400],
    ['not UTF-8', post(new Uint8Array([0xff, 0xfe])), 400],
  ])('body: %s is %i', async (...[, init, status]) => {
    const response = await read('/api/public/things', init)
    expect(response.status).toBe(status)
    expect(await response.json()).toBeTruthy()
  })
})

describe('request ids', () => {
  test.each([
    ['keeps a sane one', 'abc-1.2:3', /^abc-1\.2:3$/],
    ['replaces a long one', 'x'.repeat(129), /^[0-9a-f-]{36}$/],
    ['replaces a strange one', 'a b', /^[0-9a-f-]{36}$/],
    ['makes one', undefined, /^[0-9a-f-]{36}$/],
  ])('%s', async (_name, sent, expected) => {
    const fetch = echo((request) => request.requestId)
    const response = await fetch('/api/public/things', sent === undefined ? {} : { headers: { 'x-request-id': sent } })
    expect(response.headers.get('x-request-id')).toMatch(expected)
    expect(await response.json()).toBe(response.headers.get('x-request-id'))
  })

  test('are in refusals and preflights too', async () => {
    const fetch = echo(() => 1)
    for (const [path, method] of [
      ['/api/none', 'GET'],
      ['/api/public/things', 'PUT'],
      ['/api/public/things', 'OPTIONS'],
    ] as const) {
      expect((await fetch(path, { method })).headers.get('x-request-id')).toBeTruthy()
    }
  })
})

describe('CORS', () => {
  const fetch = echo(() => 1)

  test('reflects the origin, without credentials', async () => {
    const { headers } = await fetch('/api/public/things', { headers: { origin: 'https://app.example' } })
    expect([
      headers.get('access-control-allow-origin'),
      headers.get('vary'),
      headers.get('access-control-allow-credentials'),
    ]).toEqual(['https://app.example', 'Origin', null])
  })

  test('reflects it in refusals', async () => {
    const { headers } = await fetch('/api/none', { headers: { origin: 'https://app.example' } })
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
  })

  test('answers a preflight with the headers asked for', async () => {
    const response = await fetch('/api/public/things', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-langfuse-sdk-name',
      },
    })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,x-langfuse-sdk-name')
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
  })
})

describe('reads', () => {
  const read = (part: Partial<Route> = {}) =>
    tiny({ access: 'project', isRead: true, handle: () => ({ body: 1 }), ...part })
  const resetAt = new Date('2026-01-02T03:04:05Z')
  const limiter = { take: () => ({ allowed: false, retryAfterSeconds: 0.2, resetAt }) as const }

  test('beyond the limit are told when to come back', async () => {
    const response = await serve([read()], { limiter })('/api/public/things', AUTH)
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await response.json()).toEqual({
      message: 'Too Many Requests',
      code: 'TOO_MANY_REQUESTS',
      data: null,
      meta: { rate_limit: { remaining: 0, reset_at: '2026-01-02T03:04:05.000Z' } },
    })
  })

  test.each([
    ['writes', { isRead: false }],
    ['reads that no limiter may starve', { isUnlimited: true }],
  ])('the limiter leaves %s alone', async (_name, part) => {
    expect((await serve([read(part)], { limiter })('/api/public/things', AUTH)).status).toBe(200)
  })

  test('the limiter counts by credential', async () => {
    const taken: string[] = []
    const counting = {
      take: (credential: string) => {
        taken.push(credential)
        return { allowed: true } as const
      },
    }
    await serve([read()], { limiter: counting })('/api/public/things', AUTH)
    expect(taken).toEqual(['pk-1'])
  })

  test.each([
    ['behind', true, 42, '42'],
    ['up to date', true, 0, null],
    ['not a read', false, 42, null],
  ])('say how far they are behind: %s', async (...[, isRead, bytes, expected]) => {
    const response = await serve([read({ isRead })], { barrier: { caughtUp: async () => bytes } })(
      '/api/public/things',
      AUTH,
    )
    expect(response.headers.get('x-xtrace-behind-bytes')).toBe(expected)
  })
})

describe('failures', () => {
  const failing = (thrown: unknown) =>
    tiny({
      handle: () => {
        throw thrown
      },
    })

  function recorder() {
    const lines: [string, object][] = []
    const to = (level: string) => (fields: object) => {
      lines.push([level, fields])
    }
    const logger: Logger = {
      debug: to('debug'),
      info: to('info'),
      warn: to('warn'),
      error: to('error'),
      child: () => logger,
    }
    return { logger, lines }
  }

  test.each([
    ['a bug', new TypeError('x is undefined'), 500, 'error', 'internal'],
    ['an outage', new AppError('unavailable', 'gone'), 503, 'error', 'unavailable'],
    ['a full queue', new AppError('too_many_requests', 'full'), 429, 'warn', 'too_many_requests'],
    ['a refusal', new AppError('not_found', 'none'), 404, 'debug', 'not_found'],
  ])('%s is logged and counted once', async (...[, thrown, status, level, code]) => {
    const { logger, lines } = recorder()
    const metrics = createMetrics()
    const response = await serve([failing(thrown)], { logger, metrics })('/api/public/things')
    expect(response.status).toBe(status)
    expect(lines).toEqual([
      [
        level,
        expect.objectContaining({ code, reason: thrown.message, requestId: response.headers.get('x-request-id') }),
      ],
    ])
    const text = await metrics.text()
    expect(text).toContain(`xtrace_http_errors_total{code="${code}"} 1`)
    expect(text).toContain(`xtrace_http_requests_total{route="/api/public/things",method="GET",status="${status}"} 1`)
  })

  test('a bug does not show its message', async () => {
    expect(await (await serve([failing(new Error('secret path'))])('/api/public/things')).text()).not.toContain(
      'secret path',
    )
  })

  test('a client that left is no error', async () => {
    const { logger, lines } = recorder()
    const controller = new AbortController()
    const leave = tiny({
      handle: () => {
        controller.abort()
        throw new Error('aborted')
      },
    })
    const http = serve([leave], { logger })
    expect((await http('/api/public/things', { signal: controller.signal })).status).toBe(499)
    expect(lines).toEqual([['debug', expect.objectContaining({ status: 499 })]])
  })
})
