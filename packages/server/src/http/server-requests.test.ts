/** What the server takes of a request before and beside its route: who calls, query, headers, body. */
import { deflateSync, gzipSync } from 'node:zlib'
import { z } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import type { Route } from './route.ts'
import { AUTH, echo, PROJECT, serve, tiny } from './serve.fixture.ts'
import type { HttpDeps } from './server.ts'

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
