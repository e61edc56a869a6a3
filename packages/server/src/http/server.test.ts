import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { JsonText } from '#lib/json/json-text.ts'
import type { Logger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import type { Route } from './route.ts'
import { AUTH, serve, tiny } from './serve.fixture.ts'

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
