/** What the screens ask of the server, for a signed-in person, over a program that has recorded something. */
import {
  BulkJobDto,
  DatasetItemsDto,
  HistogramDto,
  ObservationDetailDto,
  ObservationListDto,
  PayloadMatchesDto,
  PayloadWindowDto,
  SavedViewsDto,
  SkeletonDto,
  STATUS_CHARS,
  SuggestionsDto,
  TraceGroupsDto,
  TraceListDto,
  TracePayloadsDto,
} from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, signIn } from '../support/browser-session.ts'

let app: TestApp
let session: BrowserSession

const T = '2026-01-02T03:04:05.000Z'
const SPAN = 'from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z'
const PROJECT = '/api/ui/projects/default'

const event = (type: string, id: string, body: object) => ({
  id: `${type}-${id}`,
  type,
  timestamp: T,
  body: { id, ...body },
})

async function ingest(...batch: object[]): Promise<void> {
  const answer = await app.send('POST', '/api/public/ingestion', { body: { batch } })
  expect(await answer.json()).toMatchObject({ errors: [] })
}

beforeAll(async () => {
  app = await openTestApp()
  session = await signIn(app, { token: TEST_TOKEN })
  await ingest(
    event('trace-create', 'one', {
      name: 'chat',
      userId: 'ada',
      sessionId: 's',
      timestamp: T,
      tags: ['a'],
      input: { q: 'hello' },
    }),
    event('generation-create', 'g', {
      traceId: 'one',
      name: 'plan',
      model: 'gpt-4',
      startTime: T,
      endTime: '2026-01-02T03:04:07.500Z',
      usage: { input: 10, output: 5 },
      input: 'x'.repeat(300_000),
      output: 'needle in hay, Needle',
    }),
    event('trace-create', 'two', { name: 'agent', timestamp: T }),
    event('span-create', 's', { traceId: 'two', startTime: T, level: 'ERROR', parentObservationId: 'lost' }),
  )
})
afterAll(() => app?.close())

async function ask<T>(path: string, schema: { parse(value: unknown): T }): Promise<T> {
  const answer = await session.send('GET', `${PROJECT}${path}`)
  expect(answer.status).toBe(200)
  return schema.parse(await answer.json())
}

const change = async (method: string, path: string, body?: unknown) => {
  const answer = await session.send(method, `${PROJECT}${path}`, { body })
  return { status: answer.status, body: Object(await answer.json()) }
}

describe('the screens', () => {
  test('get the columns that they ask for, and no others', async () => {
    const asked = await ask(`/explore/observations?${SPAN}&columns=usage.input`, ObservationListDto)
    expect(asked.rows.find(({ id }) => id === 'g')?.more).toEqual({ 'usage.input': '10' })
    const plain = await ask(`/explore/observations?${SPAN}`, ObservationListDto)
    expect(plain.rows.filter(({ more }) => more !== undefined)).toEqual([])
    expect((await change('GET', `/explore/traces?${SPAN}&columns=name`)).status).toBe(400)
    const many = Array.from({ length: 21 }, (_, index) => `columns=metadata.k${index}`).join('&')
    expect((await change('GET', `/explore/traces?${SPAN}&${many}`)).status).toBe(400)
  })

  test('list traces page by page', async () => {
    const first = await ask(`/explore/traces?${SPAN}&limit=1&order=name.asc`, TraceListDto)
    expect(first.rows).toMatchObject([{ id: 'two', errors: 1, cost: null }])
    const next = await ask(`/explore/traces?${SPAN}&limit=1&order=name.asc&cursor=${first.cursor}`, TraceListDto)
    expect(next.rows).toMatchObject([{ id: 'one', latency: 2.5, totalTokens: 15, input: '{"q":"hello"}' }])
  })

  test('list observations with a filter of the public API', async () => {
    const filter = encodeURIComponent(
      JSON.stringify([{ type: 'string', column: 'model', operator: '=', value: 'gpt-4' }]),
    )
    const { rows } = await ask(`/explore/observations?${SPAN}&filter=${filter}`, ObservationListDto)
    expect(rows).toMatchObject([{ id: 'g', traceId: 'one', latency: 2.5, inputTokens: 10 }])
    expect(rows[0]?.input).toHaveLength(400)
  })

  test('count, suggest and gather', async () => {
    const counted = await ask(`/explore/traces/histogram?${SPAN}`, HistogramDto)
    expect([counted.total, counted.figures]).toEqual([2, undefined])
    const timed = await ask(`/explore/traces/histogram?${SPAN}&figure=p90`, HistogramDto)
    expect([timed.total, timed.figures]).toEqual([2, [2500]])
    expect(await ask(`/explore/observations/suggest?${SPAN}&field=model`, SuggestionsDto)).toEqual({
      values: [{ value: 'gpt-4', count: 1 }],
    })
    expect(await ask(`/explore/users?${SPAN}`, TraceGroupsDto)).toMatchObject({ rows: [{ id: 'ada', traces: 1 }] })
    expect(await ask(`/explore/sessions?${SPAN}`, TraceGroupsDto)).toMatchObject({ rows: [{ id: 's' }] })
  })

  test('draw a trace without its payloads', async () => {
    const skeleton = await ask('/traces/two/skeleton', SkeletonDto)
    expect(skeleton).toMatchObject({ nodes: { id: ['s'], parent: [-2] }, missing: ['lost'] })
  })

  test('find by its beginning what has a status message too long for the shape of its trace', async () => {
    const startTime = '2026-01-05T00:00:00.000Z'
    const statusMessage = 'é'.repeat(STATUS_CHARS + 1)
    await ingest(
      event('trace-create', 'long', { timestamp: startTime }),
      event('span-create', 'long', { traceId: 'long', startTime, level: 'ERROR', statusMessage }),
    )
    const { nodes, strings } = await ask('/traces/long/skeleton', SkeletonDto)
    const value = strings[nodes.status[0] ?? 0]
    expect(value).toBe('é'.repeat(STATUS_CHARS))
    const filter = encodeURIComponent(
      JSON.stringify([{ type: 'string', column: 'statusMessage', operator: 'starts with', value }]),
    )
    const span = 'from=2026-01-05T00:00:00Z&to=2026-01-06T00:00:00Z'
    const { rows } = await ask(`/explore/observations?${span}&filter=${filter}`, ObservationListDto)
    expect(rows.map(({ id }) => id)).toEqual(['long'])
  })

  test('tell what a cost is made from', async () => {
    const model = { modelName: 'own', matchPattern: '^own$', unit: 'TOKENS', inputPrice: 0.5, outputPrice: 2 }
    expect((await app.send('POST', '/api/public/models', { body: model })).status).toBe(200)
    const usageDetails = { input: 10, output: 5, output_reasoning_tokens: 3 }
    const generation = { traceId: 'priced', model: 'own', startTime: '2026-01-07T00:00:00.000Z', usageDetails }
    await ingest(
      event('generation-create', 'reckoned', generation),
      event('generation-create', 'sent', { ...generation, costDetails: { total: 9 } }),
    )
    const charged = { input: 0.5, output: 2, output_reasoning_tokens: 2 }
    const promptPrices = { input: 0.5 }
    const reckoned = await ask('/observations/reckoned', ObservationDetailDto)
    expect(reckoned.costSources).toEqual({ provided: {}, charged, promptPrices, priceSource: 'project' })
    expect(reckoned.observation.calculatedTotalCost).toBe(21)
    const sent = await ask('/observations/sent', ObservationDetailDto)
    expect(sent.costSources).toEqual({ provided: { total: 9 }, charged, promptPrices, priceSource: 'project' })
    const none = await ask('/observations/s', ObservationDetailDto)
    expect(none.costSources).toEqual({ provided: {}, charged: {}, promptPrices: {}, priceSource: null })
  })

  test('look into payloads piece by piece', async () => {
    const { observation, payloads } = await ask('/observations/g', ObservationDetailDto)
    expect(observation).toMatchObject({ id: 'g', totalTokens: 15 })
    expect(payloads.input).toMatchObject({ totalChars: 300_000, text: 'x'.repeat(262_144) })
    expect(await ask('/observations/g/payloads/input?offset=299998', PayloadWindowDto)).toMatchObject({ text: 'xx' })
    expect(await ask('/observations/g/payloads/output/matches?find=NEEDLE', PayloadMatchesDto)).toEqual({
      offsets: [0, 15],
      total: 2,
    })
    expect((await ask('/traces/one/payloads', TracePayloadsDto)).payloads.input.text).toBe('{"q":"hello"}')
  })

  test.each([
    ['/traces/none/skeleton', 404],
    ['/observations/none', 404],
    ['/observations/none/payloads/input', 404],
    ['/traces/none/payloads/input/matches?find=x', 404],
    ['/observations/g/payloads/secret', 400],
    ['/explore/traces', 400],
    [`/explore/traces?${SPAN}&order=color.asc`, 400],
    [`/explore/traces?${SPAN}&filter=x`, 400],
    [`/explore/traces/suggest?${SPAN}&field=latency`, 400],
    [`/explore/scores/histogram?${SPAN}`, 400],
    [`/explore/traces/histogram?${SPAN}&figure=p50`, 400],
  ])('are told what is wrong: %s', async (path, status) => {
    const answer = await session.send('GET', `${PROJECT}${path}`)
    expect([answer.status, await answer.json()]).toEqual([
      status,
      { message: expect.any(String), code: expect.any(String) },
    ])
  })
})

describe('saved views', () => {
  test('come, change and go', async () => {
    const view = { table: 'traces', name: 'slow', state: { q: 'latency:>2s' } }
    const saved = await change('POST', '/views', view)
    expect(saved).toMatchObject({ status: 200, body: view })
    expect((await ask('/views', SavedViewsDto)).views).toEqual([saved.body])
    expect((await change('DELETE', `/views/${saved.body.id}`)).status).toBe(200)
    expect((await change('DELETE', `/views/${saved.body.id}`)).status).toBe(404)
    expect((await change('POST', '/views', { ...view, table: 'users' })).status).toBe(400)
  })
})

describe('bulk jobs', () => {
  const until = (id: string, state: string) =>
    expect.poll(async () => (await ask(`/bulk-jobs/${id}`, BulkJobDto)).state, { timeout: 30_000 }).toBe(state)
  const all = { filter: '[]', from: '2026-01-02T00:00:00Z', to: '2026-01-03T00:00:00Z', except: ['two'] }

  test('say nothing of a trace that is not there', async () => {
    const action = { type: 'tag', tags: ['late'] }
    const { body } = await change('POST', '/bulk-jobs', { action, selection: { ids: ['gone'] } })
    await until(body.id, 'done')
    expect((await app.send('GET', '/api/public/traces/gone')).status).toBe(404)
  })

  test('tag, untag, bookmark and delete what a filter finds, but for some', async () => {
    await ingest(event('trace-create', 'three', { name: 'chat', timestamp: T }))
    for (const action of [
      { type: 'tag', tags: ['b'] },
      { type: 'bookmark', isBookmarked: true },
    ]) {
      const { status, body } = await change('POST', '/bulk-jobs', { action, selection: all })
      expect([status, body.total]).toEqual([201, 2])
      await until(body.id, 'done')
    }
    const { rows } = await ask(`/explore/traces?${SPAN}&order=name.asc`, TraceListDto)
    const facts = Object.fromEntries(rows.map(({ id, tags, bookmarked }) => [id, [tags, bookmarked]]))
    expect(facts).toEqual({ one: [['a', 'b'], true], two: [[], false], three: [['b'], true] })
    const untag = { action: { type: 'untag', tags: ['b', 'a'] }, selection: { ids: ['one', 'two'] } }
    await until((await change('POST', '/bulk-jobs', untag)).body.id, 'done')
    await ingest(event('trace-create', 'one', { tags: ['a', 'c'] }))
    const tagged = (await ask(`/explore/traces?${SPAN}`, TraceListDto)).rows.map(({ id, tags }) => [id, tags])
    expect(Object.fromEntries(tagged)).toEqual({ one: ['c'], two: [], three: ['b'] })
    const removal = await change('POST', '/bulk-jobs', { action: { type: 'delete' }, selection: { ids: ['three'] } })
    await until(removal.body.id, 'done')
    expect((await ask(`/explore/traces?${SPAN}`, TraceListDto)).rows.map(({ id }) => id).sort()).toEqual(['one', 'two'])
  })

  test('say which of the chosen traces they change, so that just that can be taken back', async () => {
    const marked = { timestamp: T, tags: ['mine'] }
    await ingest(event('trace-create', 'has', marked), event('trace-create', 'has-not', { timestamp: T }))
    const ids = ['has', 'has-not', 'gone']
    const tag = { type: 'tag', tags: ['mine'] }
    const started = await change('POST', '/bulk-jobs', { action: tag, selection: { ids } })
    expect(started.body).toMatchObject({ total: 3, changes: ['has-not'] })
    await until(started.body.id, 'done')
    const again = await change('POST', '/bulk-jobs', { action: tag, selection: { ids } })
    expect(again.body.changes).toEqual([])
    await until(again.body.id, 'done')
    const found = await change('POST', '/bulk-jobs', {
      action: { type: 'bookmark', isBookmarked: false },
      selection: all,
    })
    expect(found.body.changes).toBeNull()
    await until(found.body.id, 'done')
    const removal = await change('POST', '/bulk-jobs', { action: { type: 'delete' }, selection: { ids } })
    await until(removal.body.id, 'done')
  })

  test('make an item of a dataset from each trace, once', async () => {
    const action = { type: 'dataset', datasetName: 'qa' }
    expect((await change('POST', '/bulk-jobs', { action, selection: all })).status).toBe(404)
    await change('POST', '/public/v2/datasets', { name: 'qa' })
    for (const selection of [all, { ids: ['one', 'two'] }]) {
      const { body } = await change('POST', '/bulk-jobs', { action, selection })
      await until(body.id, 'done')
    }
    const { data } = await ask('/public/dataset-items?datasetName=qa', DatasetItemsDto)
    const facts = Object.fromEntries(data.map(({ sourceTraceId, input }) => [sourceTraceId, input]))
    expect([data.length, facts]).toEqual([2, { one: { q: 'hello' }, two: null }])
  })

  test('make items from observations, which say where they are from', async () => {
    await ingest(
      event('span-create', 'step', {
        traceId: 'one',
        name: 'step',
        startTime: T,
        input: { q: 'step' },
        output: 'done',
      }),
    )
    await change('POST', '/public/v2/datasets', { name: 'steps' })
    const action = { type: 'dataset', datasetName: 'steps', from: 'observations' }
    const named = JSON.stringify([{ column: 'name', type: 'string', operator: '=', value: 'step' }])
    for (const selection of [{ ...all, filter: named, except: [] }, { ids: ['step', 'gone'] }]) {
      const { body } = await change('POST', '/bulk-jobs', { action, selection })
      await until(body.id, 'done')
    }
    const { data } = await ask('/public/dataset-items?datasetName=steps', DatasetItemsDto)
    expect(data).toMatchObject([
      { sourceTraceId: 'one', sourceObservationId: 'step', input: { q: 'step' }, expectedOutput: 'done' },
    ])
  })

  test('can be undone while they wait', async () => {
    const request = { action: { type: 'delete' }, selection: all, delayMs: 60_000 }
    const { body } = await change('POST', '/bulk-jobs', request)
    expect((await change('DELETE', `/bulk-jobs/${body.id}`)).body).toMatchObject({
      state: 'cancelled',
      hadBegun: false,
    })
    expect((await change('DELETE', `/bulk-jobs/${body.id}`)).status).toBe(409)
    expect((await change('DELETE', '/bulk-jobs/none')).status).toBe(404)
  })
})
