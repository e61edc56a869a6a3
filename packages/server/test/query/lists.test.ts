/** Traces, observations, sessions and scores as lists and by id: paging, order, parts, other projects' rows, deleted rows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findObservations } from '#query/find-observations.ts'
import { findObservationsV2 } from '#query/find-observations-v2.ts'
import { findScores } from '#query/find-scores.ts'
import { findScoresV3 } from '#query/find-scores-v3.ts'
import { findSessions } from '#query/find-sessions.ts'
import { findTraces, type TraceOrder, type TraceParts } from '#query/find-traces.ts'
import { findObservation } from '#query/get-observation.ts'
import { findScore } from '#query/get-score.ts'
import { findSession } from '#query/get-session.ts'
import { findTrace } from '#query/get-trace.ts'
import { type Place, parseObservationToken, parseScoreToken } from '#query/page-token.ts'
import type { Reader } from '#query/reader.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'

let opened: TestEngine
let reader: Reader
let stranger: Reader

const HEX = 'aaaaaaaabbbbccccddddeeeeeeeeeeee'
const DASHED = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const NOW = Date.parse('2026-01-10T00:00:00Z')

beforeAll(async () => {
  opened = await openTestEngine()
  reader = { engine: opened.engine, projectId: PROJECT }
  stranger = { engine: opened.engine, projectId: OTHER_PROJECT }
  const seed = createSeeder(opened.engine)
  await seed.traces(
    // Two at the same instant, hours and months apart from the others, one of them before 1970 and one in the future.
    {
      id: 't1',
      timestamp: at('2026-01-09T10:00:00Z'),
      name: 'b',
      sessionId: 's1',
      userId: 'u1',
      input: '{"q":1}',
      metadata: '{"k":1}',
      createdAt: 3000,
    },
    {
      id: 't2',
      timestamp: at('2026-01-09T10:00:00Z'),
      name: 'a',
      sessionId: 's1',
      environment: 'prod',
      createdAt: 2000,
    },
    { id: 't3', timestamp: at('2026-01-09T10:59:59.999999999Z'), sessionId: 's2', createdAt: 5000 },
    { id: 't4', timestamp: at('2025-06-01T00:00:00Z'), output: 'text' },
    { id: 't5', timestamp: at('1969-12-31T23:30:00Z') },
    { id: 't6', timestamp: at('2120-01-01T00:00:00Z') },
    { id: HEX, timestamp: at('2026-01-08T00:00:00Z') },
    { id: 't1', projectId: OTHER_PROJECT, name: 'theirs', sessionId: 's9' },
    { id: 'gone', timestamp: at('2026-01-09T10:30:00Z'), sessionId: 's3' },
  )
  await seed.removedTraces({ id: 'gone', timestamp: at('2026-01-09T10:30:00Z'), sessionId: 's3' })
  await seed.observations(
    {
      id: 'o1',
      traceId: 't1',
      name: 'root',
      startTime: at('2026-01-09T10:00:00Z'),
      endTime: at('2026-01-09T10:00:03Z'),
      totalCost: 0.25,
      input: 'in',
      output: 'out',
      metadata: '{"m":1}',
    },
    { id: 'o2', traceId: 't1', parentObservationId: 'o1', startTime: at('2026-01-09T10:00:01Z'), totalCost: 0.5 },
    { id: 'o3', traceId: 't2', name: 'only', startTime: at('2026-01-09T10:00:01Z') },
    { id: 'o4', traceId: 't3', startTime: at('2025-12-01T00:00:00Z'), name: 'early root' },
    { id: 'o5', traceId: 't3', startTime: at('2025-12-01T00:00:02Z'), traceName: 'said by the span' },
    { id: 'o6', traceId: 'orphan', startTime: at('2024-01-01T00:00:00Z') },
    { id: 'o7', traceId: 'orphan', startTime: at('2120-01-01T00:00:00Z') },
    { id: 'o1', traceId: 't1', projectId: OTHER_PROJECT, totalCost: 99, name: 'theirs' },
  )
  await seed.scores(
    { id: 'a', traceId: 't1', timestamp: at('2026-01-09T11:00:00Z'), value: 1 },
    { id: 'b', traceId: 't1', observationId: 'o1', timestamp: at('2026-01-09T12:00:00Z'), value: 2 },
    { id: 'c', traceId: 't1', dataType: 'CORRECTION', stringValue: 'better', name: 'output' },
    { id: 'd', traceId: 'nowhere', timestamp: at('2026-01-09T11:00:00Z'), value: 4 },
    { id: 'e', sessionId: 's1', timestamp: at('2025-01-01T00:00:00Z'), value: 5 },
    { id: 'a', projectId: OTHER_PROJECT, traceId: 't1', value: 100 },
  )
}, 60_000)

afterAll(() => opened.close())

const ALL: TraceParts = { io: true, scores: true, observations: true, metrics: true }
const NONE: TraceParts = { io: false, scores: false, observations: false, metrics: false }
const NEWEST: TraceOrder = { column: 'timestamp', direction: 'desc' }
const IN_ORDER = ['t6', 't3', 't2', 't1', HEX, 't4', 't5']

/** Where a search in steps begins: beside some rows, and long after all. */
const STARTS = [undefined, Date.UTC(2026, 0, 2), Date.UTC(2036, 0, 1)]
const fromStart = (now: number | undefined) => (now === undefined ? {} : { now })

const listTraces = (
  options: { page?: number; limit?: number; order?: TraceOrder; parts?: TraceParts; now?: number } = {},
) => findTraces(reader, { filters: [], page: 1, limit: 50, order: NEWEST, parts: NONE, ...options })

describe('traces', () => {
  test('newest first, then id, without what was deleted or is another project’s', async () => {
    const page = await listTraces()
    expect([page.totalItems, page.values.map(({ trace }) => trace.id)]).toEqual([7, IN_ORDER])
  })

  test.each(STARTS.flatMap((now) => [1, 2, 3, 5].map((limit) => [now, limit] as const)))(
    'from %s on, pages of %i come to the whole',
    async (now, limit) => {
      const pages = await Promise.all(
        Array.from({ length: 8 }, (_, index) => listTraces({ page: index + 1, limit, ...fromStart(now) })),
      )
      expect(pages.flatMap(({ values }) => values.map(({ trace }) => trace.id))).toEqual(IN_ORDER)
      expect(new Set(pages.map(({ totalItems }) => totalItems))).toEqual(new Set([7]))
    },
  )

  test.each<[TraceOrder, string[]]>([
    [{ column: 'timestamp', direction: 'asc' }, [...IN_ORDER].reverse()],
    [{ column: 'id', direction: 'asc' }, [HEX, 't1', 't2', 't3', 't4', 't5', 't6']],
    [{ column: 'name', direction: 'desc' }, ['t1', 't2', 't6', 't3', HEX, 't4', 't5']],
    [{ column: 'sessionId', direction: 'desc' }, ['t3', 't2', 't1', 't6', HEX, 't4', 't5']],
  ])('order %j', async (order, expected) => {
    const page = await listTraces({ order })
    expect([page.totalItems, page.values.map(({ trace }) => trace.id)]).toEqual([7, expected])
  })

  test('ids, cost and latency of just the page’s traces', async () => {
    const { values } = await listTraces({ parts: ALL })
    const [t1, t4] = ['t1', 't4'].map((id) => values.find(({ trace }) => trace.id === id))
    expect(t1).toMatchObject({
      trace: { input: '{"q":1}', metadata: '{"k":1}' },
      observationIds: ['o1', 'o2'],
      scoreIds: ['b', 'a'],
      metrics: { totalCost: 0.75, latency: 3 },
    })
    expect(t4).toMatchObject({
      trace: { output: 'text' },
      observationIds: [],
      scoreIds: [],
      metrics: { totalCost: 0, latency: 0 },
    })
  })

  test('what was not asked for is not read', async () => {
    const { values } = await listTraces()
    expect(values.find(({ trace }) => trace.id === 't1')).toMatchObject({
      trace: { input: undefined, metadata: '{}' },
      observationIds: [],
      scoreIds: [],
      metrics: undefined,
    })
  })

  test('by id, with what belongs to it', async () => {
    const found = await findTrace(reader, { id: 't1', parts: ALL, maxBytes: 1000 })
    expect(found?.trace).toMatchObject({ name: 'b', input: '{"q":1}' })
    expect(found?.observations.map(({ id, input }) => [id, input])).toEqual([
      ['o1', 'in'],
      ['o2', undefined],
    ])
    expect(found?.scores.map(({ id }) => id)).toEqual(['b', 'a'])
    expect(found?.metrics).toEqual({ totalCost: 0.75, latency: 3 })
  })

  test('by id, without parts', async () => {
    const found = await findTrace(reader, { id: 't1', parts: { ...NONE, observations: true }, maxBytes: 0 })
    expect(found).toMatchObject({ trace: { input: undefined }, scores: [], metrics: undefined })
    expect(found?.observations[0]).toMatchObject({ id: 'o1', input: undefined, metadata: '{}' })
  })

  test.each([HEX, DASHED, DASHED.toUpperCase()])('by the spelling %s', async (id) => {
    expect((await findTrace(reader, { id, parts: NONE, maxBytes: 0 }))?.trace.id).toBe(HEX)
  })

  test.each(['gone', 'nobody', ''])('not found: %j', async (id) => {
    expect(await findTrace(reader, { id, parts: ALL, maxBytes: 1000 })).toBeUndefined()
  })

  test('payloads past the bound are refused with what to do', async () => {
    await expect(findTrace(reader, { id: 't1', parts: ALL, maxBytes: 8 })).rejects.toMatchObject({
      code: 'result_too_large',
      message: expect.stringContaining('/api/public/v2/observations?traceId=t1'),
    })
  })

  test('another project sees its own row of the same id', async () => {
    const found = await findTrace(stranger, { id: 't1', parts: ALL, maxBytes: 1000 })
    expect(found).toMatchObject({ trace: { name: 'theirs' }, metrics: { totalCost: 99 } })
    expect(found?.scores.map(({ value }) => value)).toEqual([100])
    expect(await findTrace(stranger, { id: 't2', parts: ALL, maxBytes: 1000 })).toBeUndefined()
  })
})

describe('observations', () => {
  const IN_TIME = ['o7', 'o3', 'o2', 'o1', 'o5', 'o4', 'o6']

  test.each(STARTS.flatMap((now) => [1, 2, 100].map((limit) => [now, limit] as const)))(
    'v1, from %s on, pages of %i come to the whole',
    async (now, limit) => {
      const pages = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          findObservations(reader, { filters: [], page: index + 1, limit, ...fromStart(now) }),
        ),
      )
      expect(pages.flatMap(({ values }) => values.map(({ id }) => id))).toEqual(IN_TIME)
      expect(pages[0]?.totalItems).toBe(7)
    },
  )

  test('v1 gives payloads', async () => {
    const { values } = await findObservations(reader, { filters: [], page: 4, limit: 1 })
    expect(values).toMatchObject([{ id: 'o1', input: 'in', output: 'out', metadata: '{"m":1}', totalCost: 0.25 }])
  })

  test.each([1, 2, 3, 7, 100])('v2 cursors of %i come to the whole', async (limit) => {
    const ids: string[] = []
    let after: Place | undefined
    for (let round = 0; round < 10; round++) {
      const page = await findObservationsV2(reader, { filters: [], after, limit, now: NOW, parts: V2 })
      ids.push(...page.values.map(({ observation }) => observation.id))
      if (page.cursor === undefined) break
      after = parseObservationToken(page.cursor)
    }
    expect(ids).toEqual(IN_TIME)
  })

  const V2 = { io: false, metadata: false, trace: true, traceName: true }

  test('v2 takes from the trace what the span does not say', async () => {
    const { values } = await findObservationsV2(reader, {
      filters: [],
      after: undefined,
      limit: 100,
      now: NOW,
      parts: V2,
    })
    expect(Object.fromEntries(values.map(({ observation, traceName }) => [observation.id, traceName]))).toEqual({
      o1: 'b',
      o2: 'b',
      o3: 'a',
      o4: 'early root',
      o5: 'said by the span',
      o6: undefined,
      o7: undefined,
    })
    const o1 = values.find(({ observation }) => observation.id === 'o1')
    expect(o1).toMatchObject({
      observation: { input: undefined, metadata: '{}' },
      trace: { userId: 'u1', input: undefined },
    })
  })

  test('v2 reads payloads when asked', async () => {
    const parts = { io: true, metadata: true, trace: false, traceName: false }
    const { values } = await findObservationsV2(reader, {
      filters: [{ type: 'string', column: 'id', operator: '=', value: 'o1' }],
      after: undefined,
      limit: 1,
      now: NOW,
      parts,
    })
    expect(values).toMatchObject([{ observation: { input: 'in', metadata: '{"m":1}' }, trace: undefined }])
  })

  test('v2 with limit 0 gives nothing', async () => {
    expect(await findObservationsV2(reader, { filters: [], after: undefined, limit: 0, now: NOW, parts: V2 })).toEqual({
      values: [],
      cursor: undefined,
    })
  })

  test('by id, each project its own', async () => {
    expect(await findObservation(reader, 'o1')).toMatchObject({ name: 'root', input: 'in' })
    expect(await findObservation(stranger, 'o1')).toMatchObject({ name: 'theirs' })
    expect(await findObservation(stranger, 'o2')).toBeUndefined()
  })
})

describe('sessions', () => {
  const ask = (options: object = {}) =>
    findSessions(reader, { page: 1, limit: 50, from: undefined, to: undefined, environments: undefined, ...options })

  test('newest first, created with their first trace', async () => {
    expect(await ask()).toEqual({
      totalItems: 2,
      values: [
        { id: 's2', environment: 'default', createdAt: 5000 },
        { id: 's1', environment: 'prod', createdAt: 2000 },
      ],
    })
  })

  test.each<[string, object, string[], number]>([
    ['second page', { page: 2, limit: 1 }, ['s1'], 2],
    ['past the end', { page: 3, limit: 1 }, [], 2],
    ['environment', { environments: ['prod', 'x'] }, ['s1'], 1],
    ['from, inclusive', { from: 5_000_000_000n }, ['s2'], 1],
    ['to, exclusive', { to: 5_000_000_000n }, ['s1'], 1],
  ])('%s', async (...[, options, ids, total]) => {
    const page = await ask(options)
    expect([page.values.map(({ id }) => id), page.totalItems]).toEqual([ids, total])
  })

  test('by id, traces oldest first', async () => {
    const session = await findSession(reader, 's1')
    expect(session).toMatchObject({
      createdAt: 2000,
      environment: 'prod',
      traces: [{ id: 't1', input: '{"q":1}' }, { id: 't2' }],
    })
  })

  test.each(['s3', 's9', ''])('not found: %j', async (id) => {
    expect(await findSession(reader, id)).toBeUndefined()
  })
})

describe('scores', () => {
  const ask = (options: object = {}) =>
    findScores(reader, { filters: [], page: 1, limit: 50, isTraceOnly: false, withTrace: true, ...options })

  test.each<[string, object, string[], number]>([
    ['those whose trace exists', {}, ['b', 'a', 'c', 'e'], 4],
    ['all when the trace is not shown', { withTrace: false }, ['b', 'd', 'a', 'c', 'e'], 5],
    ['of traces, without corrections', { isTraceOnly: true }, ['b', 'a'], 2],
    ['unequal', { unequalTo: 2 }, ['a', 'c', 'e'], 3],
    ['second page', { page: 2, limit: 3 }, ['e'], 4],
    ['past the end', { page: 9, limit: 3 }, [], 4],
  ])('%s', async (...[, options, ids, total]) => {
    const page = await ask(options)
    expect([page.values.map(({ score }) => score.id), page.totalItems]).toEqual([ids, total])
  })

  test('with their trace', async () => {
    const { values } = await ask()
    expect(values.map(({ score, trace }) => [score.id, trace?.userId])).toEqual([
      ['b', 'u1'],
      ['a', 'u1'],
      ['c', 'u1'],
      ['e', undefined],
    ])
  })

  test.each([1, 2, 5])('v3 cursors of %i come to the whole', async (limit) => {
    const ids: string[] = []
    let after: Place | undefined
    for (let round = 0; round < 10; round++) {
      const page = await findScoresV3(reader, { filters: [], values: undefined, after, limit, now: NOW })
      ids.push(...page.values.map(({ id }) => id))
      if (page.cursor === undefined) break
      after = parseScoreToken(page.cursor)
    }
    expect(ids).toEqual(['b', 'd', 'a', 'c', 'e'])
  })

  test('v3 by values', async () => {
    const page = await findScoresV3(reader, { filters: [], values: [4, 5], after: undefined, limit: 10, now: NOW })
    expect(page.values.map(({ id }) => id)).toEqual(['d', 'e'])
  })

  test('by id, even without its trace; each project its own', async () => {
    expect(await findScore(reader, 'd')).toMatchObject({ score: { value: 4 }, trace: undefined })
    expect(await findScore(reader, 'a')).toMatchObject({ score: { value: 1 }, trace: { userId: 'u1' } })
    expect(await findScore(stranger, 'a')).toMatchObject({ score: { value: 100 } })
    expect(await findScore(stranger, 'b')).toBeUndefined()
  })
})
