/**
 * Two projects in one program: what one keeps the other can not read, find, change or take away, and
 * equal ids in both stay apart (DESIGN §5: no request can read or write another project's data).
 */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '#catalog/catalog.ts'
import { projectId } from '#domain/ids.ts'
import { exportOf, toOtlpJson } from '#ingest/otlp/otlp-request.fixture.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, TEST_KEYS, type TestApp } from '../support/app.ts'

const OURS = `Basic ${Buffer.from(`${TEST_KEYS.publicKey}:${TEST_KEYS.secretKey}`).toString('base64')}`
const THEIRS = `Basic ${Buffer.from('pk-theirs:sk-theirs').toString('base64')}`
const T = '2026-01-02T03:04:05.678Z'

let app: TestApp
let configId = ''
beforeAll(async () => {
  app = await openTestApp({
    seed: {
      project: { id: 'theirs', name: 'Theirs' },
      organization: { id: 'default', name: 'Default' },
      keys: { publicKey: 'pk-theirs', secretKey: 'sk-theirs' },
    },
  })
  const catalog = await openCatalog({ path: join(app.dataDir, 'catalog.db'), logger: silentLogger })
  const prices = { input: 1000 }
  const tier = { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices }
  await catalog.models.create(projectId('theirs'), { modelName: 'm', matchPattern: '^gpt-4$', tiers: [tier] })
  const config = { name: 'theirs', dataType: 'NUMERIC' as const, minValue: 0, maxValue: 1 }
  configId = (await catalog.scoreConfigs.create(projectId('theirs'), config)).id
  await catalog.close()
  await write(OURS, { id: 'secret', mark: 'MARK-OURS' })
  for (const [authorization, mark] of [
    [OURS, 'MARK-OURS'],
    [THEIRS, 'MARK-THEIRS'],
  ] as const)
    await write(authorization, { id: 'same', mark })
})
afterAll(() => app?.close())

interface Sent {
  readonly id: string
  /** Text that is in every record. */
  readonly mark: string
}

async function post(path: string, authorization: string, body: unknown): Promise<void> {
  const answer = await app.send('POST', path, { body, headers: { authorization } })
  expect(answer.status, await answer.clone().text()).toBeLessThan(300)
}

const event = (type: string, body: object) => ({ id: `${type}-1`, type, timestamp: T, body })

/** One of everything, all under one id, each with the mark. */
async function write(authorization: string, { id, mark }: Sent): Promise<void> {
  const own = { name: mark, metadata: { mark }, tags: [mark], userId: mark, sessionId: id, input: mark }
  await post('/api/public/ingestion', authorization, {
    batch: [
      event('trace-create', { id, timestamp: T, ...own }),
      event('generation-create', { id, traceId: id, startTime: T, model: 'gpt-4', usage: { input: 1 }, ...own }),
      event('score-create', { id, traceId: id, name: mark, value: 1, comment: mark }),
      event('score-create', { id: `${id}-session`, sessionId: id, name: mark, value: 1 }),
    ],
  })
  await post('/v1/metrics/batch', authorization, {
    metrics: [{ name: `metric_${id}`, value: 1, labels: { mark }, timestamp: T }],
  })
  const attributes = { 'langfuse.observation.input': mark }
  const spans = [{ traceId: id, spanId: `${id}-span`, name: mark, attributes }]
  await post('/v1/traces', authorization, toOtlpJson(exportOf({ spans })))
}

async function read(path: string, authorization: string): Promise<{ status: number; text: string }> {
  const answer = await app.send('GET', path, { headers: { authorization } })
  return { status: answer.status, text: await answer.text() }
}

const filter = (column: string, value: string) =>
  `filter=${encodeURIComponent(JSON.stringify([{ type: 'string', column, operator: '=', value }]))}`

/** Every read that names an id, with the text that it has for one who may see it. */
const READS = (id: string): readonly string[] => [
  `/api/public/traces/${id}`,
  `/api/public/traces?sessionId=${id}`,
  `/api/public/traces?${filter('id', id)}`,
  `/api/public/observations/${id}`,
  `/api/public/observations?traceId=${id}`,
  `/api/public/v2/observations?traceId=${id}&fields=core,basic,io,metadata,trace_context`,
  `/api/public/v2/observations?sessionId=${id}&fields=core,basic`,
  `/api/public/sessions/${id}`,
  `/api/public/scores/${id}`,
  `/api/public/scores?scoreIds=${id}`,
  `/api/public/v2/scores/${id}`,
  `/api/public/v2/scores/${id}-session`,
  `/api/public/v2/scores?traceId=${id}`,
  `/api/public/v2/scores?sessionId=${id}`,
  `/api/public/v3/scores?id=${id}`,
  `/api/public/v3/scores?traceId=${id}&fields=core,subject`,
  `/api/public/metrics/query?name=metric_${id}&from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z&step=1d`,
]

/** Every read that lists without an id. */
const LISTS = [
  '/api/public/traces',
  '/api/public/traces?orderBy=name.asc',
  '/api/public/traces?tags=MARK-OURS',
  '/api/public/observations',
  '/api/public/observations?userId=MARK-OURS',
  '/api/public/v2/observations?fields=core,basic,io,metadata',
  '/api/public/sessions',
  '/api/public/scores',
  '/api/public/scores?userId=MARK-OURS',
  '/api/public/v2/scores',
  '/api/public/v3/scores',
  '/api/public/metrics/names',
  '/api/public/metrics/daily',
  '/api/public/metrics/daily?userId=MARK-OURS',
]

describe.concurrent('reading', () => {
  test.each(READS('secret'))('%s shows ours to us and nothing to them', async (path) => {
    const ours = await read(path, OURS)
    expect(ours).toMatchObject({ status: 200, text: expect.stringContaining('MARK-OURS') })
    const theirs = await read(path, THEIRS)
    expect(theirs.text).not.toContain('MARK-OURS')
    if (theirs.status === 404) expect(JSON.parse(theirs.text)).toMatchObject({ error: 'LangfuseNotFoundError' })
    else expect(JSON.parse(theirs.text)).toMatchObject({ data: [] })
  })

  test.each(READS('same'))('%s shows each its own', async (path) => {
    const [ours, theirs] = [await read(path, OURS), await read(path, THEIRS)]
    expect([ours.status, theirs.status]).toEqual([200, 200])
    expect([ours.text.includes('MARK-OURS'), ours.text.includes('MARK-THEIRS')]).toEqual([true, false])
    expect([theirs.text.includes('MARK-OURS'), theirs.text.includes('MARK-THEIRS')]).toEqual([false, true])
  })

  test.each(LISTS)('%s holds nothing of ours for them', async (path) => {
    const { status, text } = await read(path, THEIRS)
    expect(status).toBe(200)
    expect(text).not.toContain('MARK-OURS')
    expect(text).not.toContain('secret')
  })

  test('a page token of ours leads them nowhere else', async () => {
    for (const path of ['/api/public/v2/observations?limit=1', '/api/public/v3/scores?limit=1']) {
      const { cursor } = JSON.parse((await read(path, OURS)).text).meta
      expect(cursor).toEqual(expect.any(String))
      const { status, text } = await read(`${path}&cursor=${encodeURIComponent(cursor)}`, THEIRS)
      expect([status, text.includes('MARK-OURS'), text.includes('secret')]).toEqual([200, false, false])
    }
  })

  test('a header or a parameter that names our project changes nothing', async () => {
    const headers = { authorization: THEIRS, 'x-langfuse-project-id': 'default' }
    for (const path of ['/api/public/traces/secret', '/api/public/traces/secret?projectId=default'])
      expect((await app.send('GET', path, { headers })).status).toBe(404)
  })

  test('each key sees its own project', async () => {
    expect(JSON.parse((await read('/api/public/projects', OURS)).text)).toMatchObject({ data: [{ id: 'default' }] })
    expect(JSON.parse((await read('/api/public/projects', THEIRS)).text)).toMatchObject({ data: [{ id: 'theirs' }] })
  })

  test('conditions on a trace look at the own one alone', async () => {
    const byUser = await read('/api/public/observations?userId=MARK-OURS', THEIRS)
    expect(JSON.parse(byUser.text)).toMatchObject({ meta: { totalItems: 0 } })
    const condition = [{ type: 'numberObject', column: 'scores_avg', key: 'MARK-OURS', operator: '=', value: 1 }]
    const byScore = await read(`/api/public/traces?filter=${encodeURIComponent(JSON.stringify(condition))}`, THEIRS)
    expect(JSON.parse(byScore.text)).toMatchObject({ meta: { totalItems: 0 } })
  })
})

describe('what belongs to a project works in that project alone', () => {
  test('prices', async () => {
    const ours = JSON.parse((await read('/api/public/observations/same', OURS)).text)
    const theirs = JSON.parse((await read('/api/public/observations/same', THEIRS)).text)
    expect(theirs.calculatedTotalCost).toBe(1000)
    expect(ours.calculatedTotalCost).toBeLessThan(1)
  })

  test('score configurations', async () => {
    const body = { traceId: 'same', name: 'n', value: 1, configId }
    await post('/api/public/scores', OURS, { ...body, id: 'by-their-config' })
    await post('/api/public/scores', THEIRS, { ...body, id: 'by-their-config' })
    expect((await read('/api/public/v2/scores/by-their-config', OURS)).status).toBe(404)
    expect((await read('/api/public/v2/scores/by-their-config', THEIRS)).status).toBe(200)
  })

  test('idempotency keys', async () => {
    for (const authorization of [OURS, THEIRS, OURS]) {
      const body = { metrics: [{ name: 'once', value: 1, timestamp: T }] }
      const headers = { authorization, 'idempotency-key': 'k' }
      expect((await app.send('POST', '/v1/metrics/batch', { body, headers })).status).toBe(200)
    }
    const path = '/api/public/metrics/query?name=once&agg=count&from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z'
    for (const authorization of [OURS, THEIRS])
      expect(JSON.parse((await read(path, authorization)).text)).toMatchObject({ data: [{ values: [{ value: 1 }] }] })
  })
})

describe('writing', () => {
  test('a projectId in the body names nothing', async () => {
    await post('/v1/l/batch', THEIRS, {
      trace: { id: 'foisted', projectId: 'default', name: 'foisted' },
      observations: [{ id: 'foisted', traceId: 'secret', projectId: 'default', name: 'foisted' }],
    })
    expect((await read('/api/public/traces/foisted', OURS)).status).toBe(404)
    expect((await read('/api/public/traces/secret', OURS)).text).not.toContain('foisted')
    expect((await read('/api/public/traces/foisted', THEIRS)).status).toBe(200)
  })

  test('what they take away stays with us', async () => {
    const removals: readonly (readonly [path: string, body?: object])[] = [
      ['traces/same'],
      ['traces', { traceIds: ['same', 'secret'] }],
      ['scores/same'],
      ['scores/secret-session'],
    ]
    for (const [path, body] of removals) {
      const answer = await app.send('DELETE', `/api/public/${path}`, { body, headers: { authorization: THEIRS } })
      expect(answer.status, path).toBeLessThan(300)
    }
    const ours = await Promise.all([...READS('same'), ...READS('secret')].map((question) => read(question, OURS)))
    expect(ours.filter(({ status, text }) => status !== 200 || !text.includes('MARK-OURS'))).toEqual([])
  })

  test('and is gone for them', async () => {
    for (const path of [
      'traces/same',
      'observations/same',
      'observations/same-span',
      'v2/scores/same',
      'sessions/same',
    ])
      expect((await read(`/api/public/${path}`, THEIRS)).status, path).toBe(404)
  })
})
