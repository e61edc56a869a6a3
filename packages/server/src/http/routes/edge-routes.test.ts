import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { failureResponses } from '#http/openapi-failures.ts'
import { type Route, route } from '#http/route.ts'
import { createHttp } from '#http/server.ts'
import { uiFiles } from '#http/ui-files.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createMetrics, nopMetrics } from '#telemetry/metrics.ts'
import { withDocs } from './docs.ts'
import { projectRoutes } from './projects.ts'
import { type SystemDeps, systemRoutes } from './system.ts'

const stats = {
  rate_limit_qps: 20,
  rate_limit_burst: 40,
  total_allowed: 3,
  total_rejected: 1,
  rejection_rate: 0.25,
  top_rejected_tokens: [{ token: 'pk-x…', count: 1 }],
}

const system: SystemDeps = {
  version: '1.2.3',
  checkStorage: async () => {},
  hasRecentEvents: async () => false,
  isClosing: () => false,
  limiter: {
    stats: () => ({
      qps: 20,
      burst: 40,
      totalAllowed: 3,
      totalRejected: 1,
      topRejected: [{ credential: 'pk-x…', count: 1 }],
    }),
  },
  metrics: createMetrics(),
  metricsAccess: 'none',
  probeTimeoutMs: 5,
}

function serve(routes: readonly Route[], pages = uiFiles('/nowhere')) {
  const http = createHttp({
    routes,
    authenticator: {
      authenticate: async (header) => ({
        caller: { projectId: projectId(header ?? ''), scope: 'project', isToken: header === 'token', publicKey: 'pk' },
      }),
    },
    barrier: { caughtUp: async () => 0 },
    limiter: { take: () => ({ allowed: false, retryAfterSeconds: 1, resetAt: new Date() }) },
    logger: silentLogger,
    metrics: nopMetrics,
    pages,
    options: { maxBodyBytes: 1, readBarrierMs: 1 },
  })
  return (path: string, init?: RequestInit) => http.fetch(new Request(`http://xtrace${path}`, init))
}

describe('systemRoutes', () => {
  const down = { checkStorage: () => Promise.reject(new Error('down')) }
  const stuck = { checkStorage: () => new Promise<void>(() => {}) }
  const closing = { isClosing: () => true }

  test.each<[string, Partial<SystemDeps>, string, number, object]>([
    ['up', down, '/healthz', 200, { status: 'ok' }],
    ['ready', {}, '/readyz', 200, { status: 'ready' }],
    ['storage down', down, '/readyz', 503, { status: 'not_ready' }],
    ['storage stuck', stuck, '/readyz', 503, { status: 'not_ready' }],
    ['closing', closing, '/readyz', 503, { status: 'not_ready' }],
    ['healthy', down, '/api/public/health', 200, { status: 'OK', version: '1.2.3' }],
    [
      'healthy with storage',
      {},
      '/api/public/health?failIfDatabaseUnavailable=true',
      200,
      { status: 'OK', version: '1.2.3' },
    ],
    [
      'unhealthy',
      down,
      '/api/public/health?failIfDatabaseUnavailable=true',
      503,
      { status: 'Database not available', version: '1.2.3' },
    ],
    [
      'an odd flag',
      down,
      '/api/public/health?failIfDatabaseUnavailable=maybe&failIfNoRecentEvents=1',
      200,
      { status: 'OK', version: '1.2.3' },
    ],
    [
      'silent',
      {},
      '/api/public/health?failIfNoRecentEvents=true',
      503,
      { status: 'No recent events', version: '1.2.3' },
    ],
    [
      'lively',
      { hasRecentEvents: async () => true },
      '/api/public/health?failIfNoRecentEvents=true',
      200,
      { status: 'OK', version: '1.2.3' },
    ],
    ['taking requests', {}, '/api/public/ready', 200, { status: 'OK', version: '1.2.3' }],
    ['shutting down', closing, '/api/public/ready', 503, { status: 'Shutting down', version: '1.2.3' }],
  ])('%s: %s', async (...[, part, path, status, body]) => {
    const response = await serve(systemRoutes({ ...system, ...part }))(path)
    expect([response.status, await response.json()]).toEqual([status, body])
  })

  test('health answers HEAD', async () => {
    const response = await serve(systemRoutes(system))('/api/public/health', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  test('figures are Prometheus text', async () => {
    const response = await serve(systemRoutes(system))('/metrics')
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(await response.text()).toMatch(/^# HELP /)
  })

  test.each([
    ['pair', 403],
    ['token', 200],
  ])('figures on an open address: the %s gets %i', async (authorization, status) => {
    const fetch = serve(systemRoutes({ ...system, metricsAccess: 'token' }))
    expect((await fetch('/metrics', { headers: { authorization } })).status).toBe(status)
  })

  test('rate limit figures are for the token only', async () => {
    const fetch = serve(systemRoutes(system))
    expect((await fetch('/api/internal/rate_limit_stats', { headers: { authorization: 'pair' } })).status).toBe(403)
    const response = await fetch('/api/internal/rate_limit_stats', { headers: { authorization: 'token' } })
    expect(await response.json()).toEqual(stats)
  })
})

describe('projectRoutes', () => {
  const project = {
    name: 'P',
    organization: { id: 'o1', name: 'O' },
    metadata: { a: 1 },
    imageHosts: [],
    createdAt: 0,
    updatedAt: 0,
  }
  const projects = {
    byId: async (id: ProjectId) =>
      id === 'none' ? undefined : { ...project, id, retentionDays: id === 'short' ? 7 : undefined },
  }
  const fetch = serve(projectRoutes({ projects }))

  test.each([
    ['without retention', 'p1', { id: 'p1', name: 'P', organization: { id: 'o1', name: 'O' }, metadata: { a: 1 } }],
    [
      'with retention',
      'short',
      { id: 'short', name: 'P', organization: { id: 'o1', name: 'O' }, metadata: { a: 1 }, retentionDays: 7 },
    ],
  ])('%s', async (...[, authorization, expected]) => {
    const response = await fetch('/api/public/projects', { headers: { authorization } })
    expect([response.status, await response.json()]).toEqual([200, { data: [expected] }])
  })

  test('a project that is gone', async () => {
    const response = await fetch('/api/public/projects', { headers: { authorization: 'none' } })
    expect([response.status, await response.json()]).toEqual([404, { message: 'Project not found' }])
  })
})

describe('docs', () => {
  const things = route({
    method: 'POST',
    path: '/api/public/things/:id',
    access: 'scores',
    errors: 'langfuse',
    query: z.object({ page: z.coerce.number().optional(), at: z.string().transform((text) => new Date(text)) }),
    doc: {
      operationId: 'things',
      tag: 'Things',
      summary: 'A thing',
      body: z.object({ name: z.string() }),
      responses: { 200: z.object({ id: z.string() }), 204: undefined },
    },
    handle: () => ({}),
  })
  const fetch = serve(withDocs([things, ...systemRoutes(system)], '1.2.3'))

  test('the document describes every route, its own among them', async () => {
    const document = await (await fetch('/openapi.json')).json()
    expect(document).toMatchObject({
      openapi: '3.1.1',
      info: { version: '1.2.3' },
      paths: {
        '/healthz': {},
        '/docs': {},
        '/openapi.json': {},
        '/api/public/things/{id}': {
          post: {
            parameters: [
              { in: 'query', name: 'page' },
              { in: 'query', name: 'at', required: true },
              { in: 'path', name: 'id', required: true },
            ],
            security: [{ keyPair: [] }, { token: [] }, { publicKey: [] }],
            responses: {
              401: { content: { 'application/json': { schema: { $ref: '#/components/schemas/MessageError' } } } },
            },
          },
        },
      },
    })
  })

  test('a route is documented with the failures that it can have', () => {
    const statuses = (of: Route) => Object.keys(failureResponses(of))
    expect(statuses(things)).toEqual(['400', '401', '403', '404', '413', '500', '503'])
    expect(statuses({ ...things, path: '/a', access: 'none', isRead: true })).toEqual([
      '400',
      '413',
      '422',
      '429',
      '500',
      '503',
    ])
    const doc = { ...things.doc, failures: ['conflict'] } as const
    expect(statuses({ ...things, doc })).toEqual(['400', '401', '403', '404', '409', '413', '500', '503'])
  })

  test('the page loads only from here', async () => {
    const html = await (await fetch('/docs')).text()
    const links = Array.from(html.matchAll(/(?:src|href)="([^"]+)"/g), ([, link = '']) => link)
    expect(links).toHaveLength(4)
    for (const link of links) expect((await fetch(`/${link}`)).status).toBe(200)
    expect(html).not.toMatch(/https?:|<script>/)
  })

  test.each(['package.json', '..%2Fpackage.json', 'index.html'])('has no file %s', async (name) => {
    expect((await fetch(`/docs/${name}`)).status).toBe(404)
  })
})

describe('uiFiles', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xtrace-ui-'))
    await mkdir(join(folder, 'dist', 'assets'), { recursive: true })
    await writeFile(join(folder, 'secret.txt'), 'secret')
    await writeFile(join(folder, 'dist', 'index.html'), '<html>')
    await writeFile(join(folder, 'dist', 'signin.html'), 'who')
    await writeFile(join(folder, 'dist', 'assets', 'app-1.js'), 'app')
  })
  afterAll(() => rm(folder, { recursive: true }))

  test.each([
    ['/', 200, '<html>', 'no-store'],
    ['/traces/abc', 200, '<html>', 'no-store'],
    ['/index.html', 200, '<html>', 'no-store'],
    ['/signin', 200, 'who', 'no-store'],
    ['/p/a/traces/with.dot', 200, '<html>', 'no-store'],
    ['/assets/app-1.js', 200, 'app', 'public, max-age=31536000, immutable'],
    ['/assets/none.js', 404, /NOT_FOUND/, null],
    ['/..%2fsecret.txt', 404, /NOT_FOUND/, null],
    ['/%2e%2e/secret.txt', 404, /NOT_FOUND/, null],
    ['/a%5c..%5c..%5csecret.txt', 404, /NOT_FOUND/, null],
    ['/secret%00.txt', 404, /NOT_FOUND/, null],
    ['/%zz.txt', 404, /NOT_FOUND/, null],
  ])('%s is %i', async (...[path, status, body, cache]) => {
    const response = await serve([], uiFiles(join(folder, 'dist')))(path)
    expect([response.status, response.headers.get('cache-control')]).toEqual([status, cache])
    expect(await response.text()).toMatch(body)
  })

  test.each([
    ['gzip, br', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['br, gzip;q=0', null],
    ['', null],
  ])('packs scripts for those who take it: %s', async (accepted, encoding) => {
    const ask = serve([], uiFiles(join(folder, 'dist')))
    const [response, again] = [
      await ask('/assets/app-1.js', { headers: { 'accept-encoding': accepted } }),
      await ask('/assets/app-1.js', { headers: { 'accept-encoding': accepted } }),
    ]
    expect(response.headers.get('content-encoding')).toBe(encoding)
    expect(response.headers.get('vary')).toContain('Accept-Encoding')
    const bytes = Buffer.from(await again.arrayBuffer())
    expect((encoding ? gunzipSync(bytes) : bytes).toString()).toBe('app')
  })

  test('lets a page load nothing from elsewhere', async () => {
    const response = await serve([], uiFiles(join(folder, 'dist')))('/')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('says so when the page is not built', async () => {
    const response = await serve([])('/')
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('npm run build')])
  })
})
