/** The questions of the web interface: lists, groups, suggestions, skeleton, payload windows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { startBudget } from '#query/explore/budget.ts'
import { listGroups } from '#query/explore/list-groups.ts'
import { listObservations, OBSERVATION_LIST_ORDERS } from '#query/explore/list-observations.ts'
import { listTraces, TRACE_LIST_ORDERS, type TraceListOrder } from '#query/explore/list-traces.ts'
import type { MoreColumn } from '#query/explore/more-cells.ts'
import { findOverview, type OverviewKey } from '#query/explore/overview.ts'
import { findInPayload, findPayload } from '#query/explore/payload-window.ts'
import { suggestValues } from '#query/explore/suggest.ts'
import { findSkeleton } from '#query/explore/trace-skeleton.ts'
import type { ListPlace } from '#query/page-token.ts'
import type { Reader } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import { printLiteral } from '#store/print.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'
import { SPAN, seedExplored } from './explored-day.ts'

let opened: TestEngine
let reader: Reader
let stranger: Reader

const NOW = Date.parse('2026-01-10T00:00:00Z')

beforeAll(async () => {
  opened = await openTestEngine()
  reader = { engine: opened.engine, projectId: PROJECT }
  stranger = { engine: opened.engine, projectId: OTHER_PROJECT }
  await seedExplored(opened.engine)
})
afterAll(() => opened?.close())

const list = async (order: TraceListOrder, isAscending: boolean, part: object = {}) => {
  const { rows } = await listTraces(reader, {
    filters: [],
    ...SPAN,
    order: { by: order, isAscending },
    cursor: undefined,
    limit: 10,
    now: NOW,
    ...part,
  })
  return rows
}
const ids = (rows: readonly { trace: { id: string } }[]) => rows.map(({ trace }) => trace.id).join(' ')

describe('the list of traces', () => {
  test.each<[TraceListOrder, boolean, string]>([
    ['timestamp', false, 'd c b a'],
    ['timestamp', true, 'a b c d'],
    ['name', true, 'b c a d'],
    ['totalCost', false, 'a b d c'],
    ['totalCost', true, 'b a d c'],
    ['totalTokens', false, 'b a c d'],
    ['latency', false, 'a b c d'],
    ['errorCount', false, 'b c a d'],
  ])('by %s, ascending %s', async (order, isAscending, expected) => {
    expect(ids(await list(order, isAscending))).toBe(expected)
  })

  test('knows every order', async () => {
    for (const order of TRACE_LIST_ORDERS) expect(await list(order, false)).toHaveLength(4)
  })

  test('puts each of many traces at the place of its own sum', async () => {
    const [from, to] = [at('2026-02-01T00:00:00Z'), at('2026-02-02T00:00:00Z')]
    const seed = createSeeder(opened.engine, 'many')
    for (let block = 0; block < 6; block++) {
      const numbers = Array.from({ length: 400 }, (_, index) => index * 6 + block)
      await seed.traces(...numbers.map((number) => ({ id: `m${number}`, timestamp: from })))
      await seed.observations(
        ...numbers.map((number) => ({ id: `o${number}`, traceId: `m${number}`, startTime: from, totalCost: number })),
      )
    }
    const rows = await list('totalCost', false, { from, to, limit: 200 })
    expect(rows.map(({ trace }) => trace.id)).toEqual(Array.from({ length: 200 }, (_, index) => `m${2399 - index}`))
  })

  test('goes on behind a row or after a number of them', async () => {
    const after = { time: at('2026-01-09T10:20:00Z'), id: 'c' }
    expect(ids(await list('timestamp', false, { cursor: { after } }))).toBe('b a')
    expect(ids(await list('name', true, { cursor: { skip: 2 }, limit: 1 }))).toBe('a')
  })

  test('sums up the observations, tells the unknown from nothing, and cuts payloads', async () => {
    const rows = await list('timestamp', true)
    const [a, b, c, d] = rows
    expect(a).toMatchObject({ observations: 2, errors: 0, latency: 4, cost: 0.5, inputTokens: 14, totalTokens: 15 })
    expect(a).toMatchObject({
      models: ['gpt-4'],
      scores: [{ name: 'good', value: 0.5 }, { name: 'own' }],
      isOpen: false,
    })
    expect(a?.trace.input).toBe('é'.repeat(400))
    expect(b).toMatchObject({ errors: 1, cost: 0.25 })
    expect(c).toMatchObject({ warnings: 1, isOpen: true, cost: undefined })
    expect(d).toMatchObject({ observations: 0, latency: undefined, cost: undefined })
  })

  test('takes the filters of the public API', async () => {
    const filters = [{ type: 'string', column: 'name', operator: '=', value: 'chat' }] as const
    expect(ids(await list('timestamp', false, { filters }))).toBe('c a')
  })

  test('stops when its time is up, and goes on from there', async () => {
    const order = { by: 'timestamp', isAscending: false } as const
    const page = (cursor?: ListPlace, limit = 10) =>
      listTraces(reader, { filters: [], ...SPAN, order, cursor, limit, now: NOW, budget: startBudget(0) })
    const found: string[] = []
    const stops: (bigint | undefined)[] = []
    let cursor: ListPlace | undefined
    do {
      const { rows, scannedTo } = await page(cursor)
      found.push(...rows.map(({ trace }) => trace.id))
      stops.push(scannedTo)
      cursor = scannedTo === undefined ? undefined : { after: { time: scannedTo, id: '' } }
    } while (cursor && stops.length < 100)
    expect(found.join(' ')).toBe('d c b a')
    expect(stops.length).toBeGreaterThan(2)
    const justBehind = { after: { time: at('2026-01-09T10:30:01Z'), id: '' } }
    expect(await page(justBehind, 1)).toMatchObject({ rows: [{ trace: { id: 'd' } }], scannedTo: undefined })
  })

  test('lets the first step take what it takes, and the next ones what is left', async () => {
    const limits: (number | undefined)[] = []
    const engine: Engine = {
      ...opened.engine,
      query: async (statement, options = {}) => {
        const { query } = printLiteral(statement)
        if (query.startsWith('SELECT id, timestamp FROM traces')) limits.push(options.maxSeconds)
        return await opened.engine.query(statement, options)
      },
    }
    const order = { by: 'timestamp', isAscending: false } as const
    const question = { filters: [], ...SPAN, order, cursor: undefined, limit: 10, now: NOW }
    await listTraces({ ...reader, engine }, { ...question, budget: startBudget(4000, () => 0) })
    expect(limits).toEqual([undefined, 3])
  })

  test('shows another project its own', async () => {
    const question = { filters: [], ...SPAN, cursor: undefined, limit: 10, now: NOW }
    const { rows } = await listTraces(stranger, { ...question, order: { by: 'timestamp', isAscending: false } })
    expect(rows.map(({ trace, observations }) => [trace.name, observations])).toEqual([['theirs', 1]])
  })
})

test('the list of observations knows every order', async () => {
  for (const by of OBSERVATION_LIST_ORDERS) {
    const order = { by, isAscending: true }
    const { rows } = await listObservations(reader, {
      filters: [],
      ...SPAN,
      order,
      cursor: undefined,
      limit: 10,
      now: NOW,
    })
    expect(rows.map(({ observation }) => observation.id).sort()).toEqual(['a1', 'a2', 'b1', 'c1'])
  }
})

describe('columns that are asked for', () => {
  const column = (id: string): MoreColumn => {
    const [kind = '', key = ''] = id.split(/\.(.*)/s)
    return { id, of: kind === 'score' ? 'score' : kind === 'usage' ? 'usage' : 'metadata', key }
  }
  const asked = { from: SPAN.from, to: SPAN.to, filters: [], cursor: undefined, limit: 10, now: NOW }
  const ofTraces = async (of: Reader, ...columns: string[]) => {
    const order = { by: 'timestamp', isAscending: true } as const
    const { rows } = await listTraces(of, { ...asked, order, columns: columns.map(column) })
    return Object.fromEntries(rows.map(({ trace, more }) => [trace.id, more]))
  }

  test('of traces', async () => {
    const columns = ['metadata.team', 'metadata.n', "metadata.x'", 'score.good', 'usage.total', 'usage.nothing']
    expect(await ofTraces(reader, ...columns)).toEqual({
      a: { 'score.good': '0.5', 'usage.total': '15' },
      b: { 'metadata.team': 'red', 'metadata.n': '2', 'usage.total': '40' },
      c: { 'metadata.team': 'blue' },
      d: {},
    })
  })

  test('of observations', async () => {
    const order = { by: 'startTime', isAscending: true } as const
    const columns = ['metadata.step_id', 'metadata.run_id', 'usage.input_cached_tokens', 'score.own'].map(column)
    const { rows } = await listObservations(reader, { ...asked, order, columns })
    expect(Object.fromEntries(rows.map(({ observation, more }) => [observation.id, more]))).toEqual({
      a1: {},
      a2: { 'metadata.step_id': 's-7', 'metadata.run_id': '3', 'usage.input_cached_tokens': '4', 'score.own': 'fine' },
      b1: {},
      c1: {},
    })
  })

  test('hold nothing of another project', async () => {
    expect(await ofTraces(stranger, 'score.good', 'metadata.team', 'usage.total')).toEqual({ a: {} })
  })
})

describe('groups of traces', () => {
  test('users, the newest first, with what their traces come to', async () => {
    const { groups, total } = await listGroups(reader, { kind: 'user', filters: [], ...SPAN, skip: 0, limit: 10 })
    expect(total).toBe(2)
    expect(groups).toMatchObject([
      { id: 'bob', traces: 1, others: ['s2'], errors: 0, cost: undefined },
      { id: 'ada', traces: 2, others: ['s1'], otherCount: 1, errors: 1, cost: 0.75, totalTokens: 55 },
    ])
  })

  test('sessions, page by page', async () => {
    const page = (skip: number) => listGroups(reader, { kind: 'session', filters: [], ...SPAN, skip, limit: 1 })
    expect([(await page(0)).groups[0]?.id, (await page(1)).groups[0]?.id]).toEqual(['s2', 's1'])
    expect(await page(2)).toEqual({ groups: [], total: 2 })
  })
})

describe('the overview', () => {
  const ask = (environments: string[] = [], by: OverviewKey = 'model') =>
    findOverview(reader, { ...SPAN, environments, by })

  test('sums up traces, in all and over time', async () => {
    const { stepMs, total, before, buckets } = await ask()
    expect(total).toMatchObject({ traces: 3, failed: 1, cost: 0.75, tokens: 55, p50: 2 })
    expect(total.p99).toBeCloseTo(3.96)
    expect(before).toMatchObject({ traces: 0, failed: 0, cost: undefined, p50: undefined })
    expect(buckets).toMatchObject([{ startMs: Date.parse('2026-01-09T10:00:00Z'), traces: 3 }])
    expect(stepMs).toBe(1_800_000)
  })

  test('tells the models apart', async () => {
    expect((await ask()).groups).toMatchObject([
      { key: '', calls: 1, failed: 1, cost: 0.25 },
      { key: 'gpt-4', calls: 1, failed: 0, cost: 0.5, tokens: 15 },
    ])
  })

  test.each<[OverviewKey, object[]]>([
    [
      'name',
      [
        { key: 'agent', calls: 1, failed: 1 },
        { key: 'chat', calls: 2, failed: 0 },
      ],
    ],
    [
      'user',
      [
        { key: 'ada', calls: 2 },
        { key: 'bob', calls: 1 },
      ],
    ],
    ['environment', [{ calls: 3, failed: 1, cost: 0.75, tokens: 55 }]],
  ])('tells traces apart by %s', async (by, expected) => {
    const { groups, otherGroups } = await ask([], by)
    expect(groups).toMatchObject(expected)
    expect(otherGroups).toBe(0)
  })

  test('says how long nine of ten traces of a key take', async () => {
    const { groups } = await ask([], 'name')
    expect(groups.map(({ key, p90 }) => [key, p90])).toEqual([
      ['agent', 2],
      ['chat', 3.6],
    ])
  })

  test('tells the means of scores that are numbers', async () => {
    expect((await ask()).scores).toMatchObject([{ name: 'good', mean: 0.5, count: 2 }])
  })

  test('of other environments is of nothing', async () => {
    const nothing = { total: { traces: 0, p50: undefined }, buckets: [], groups: [], scores: [] }
    expect(await ask(['elsewhere'])).toMatchObject(nothing)
  })
})

describe('suggestions', () => {
  const suggest = (view: 'traces' | 'observations', field: string, typed = '') =>
    suggestValues(reader, { view, field, typed, filters: [], ...SPAN })
  const values = async (...question: Parameters<typeof suggest>) =>
    (await suggest(...question)).map(({ value, count }) => `${value} ${count}`)

  test.each<[Parameters<typeof suggest>, string[]]>([
    [
      ['traces', 'name'],
      ['chat 2', 'agent 1', 'quiet 1'],
    ],
    [['traces', 'name', 'CHA'], ['chat 2']],
    [
      ['traces', 'tags'],
      ['x 1', 'y 1'],
    ],
    [
      ['traces', 'metadata'],
      ['team 2', 'n 1'],
    ],
    [['traces', 'metadata.team', 'r'], ['red 1']],
    [['traces', 'metadata.n'], ['2 1']],
    [['traces', 'scores', 'go'], ['good 2']],
    [['observations', 'model'], ['gpt-4 1']],
    [
      ['observations', 'userId'],
      ['ada 2', 'bob 1'],
    ],
    [['observations', 'statusMessage'], ['it broke 1']],
    [['observations', 'usage', 'cached'], ['input_cached_tokens 1']],
  ])('%j', async (question, expected) => {
    expect(await values(...question)).toEqual(expected)
  })

  test('of a path of keys are what lies there', async () => {
    const project = projectId('nested-metadata')
    const trace = { projectId: project, id: 'n', timestamp: SPAN.from, metadata: '{"user":{"tier":"gold"}}' }
    await createSeeder(opened.engine, project).traces(trace)
    const question = { view: 'traces', field: 'metadata.user.tier', typed: '', filters: [], ...SPAN } as const
    const found = await suggestValues({ engine: opened.engine, projectId: project }, question)
    expect(found).toEqual([{ value: 'gold', count: 1 }])
  })

  test('of scores leave out those that were removed', async () => {
    const project = projectId('removed-scores')
    const score = { projectId: project, traceId: 'a', timestamp: SPAN.from }
    await createSeeder(opened.engine, project).scores(
      { ...score, id: 'kept', name: 'good' },
      { ...score, id: 'removed', name: 'bad' },
    )
    await opened.engine.command(
      "INSERT INTO scores (project_id, id, timestamp, row_version, is_deleted) SELECT project_id, id, timestamp, row_version + 1, 1 FROM scores WHERE project_id = 'removed-scores' AND id = 'removed'",
    )
    const question = { view: 'traces', field: 'scores', typed: '', filters: [], ...SPAN } as const
    const named = await suggestValues({ engine: opened.engine, projectId: project }, question)
    expect(named).toEqual([{ value: 'good', count: 1 }])
  })

  test('of a field without values are refused', async () => {
    await expect(suggest('traces', 'latency')).rejects.toThrow('latency has no values to suggest')
  })
})

describe('a trace without its payloads', () => {
  test('has its nodes by start', async () => {
    const skeleton = await findSkeleton(reader, { id: 'a', statusChars: 200 })
    expect(skeleton?.trace).toMatchObject({ id: 'a', name: 'chat', input: undefined })
    expect(skeleton?.nodes).toMatchObject({
      ids: ['a1', 'a2'],
      parentIds: ['', 'a1'],
      costs: [null, 0.5],
      totalTokens: [0, 15],
      cachedTokens: [0, 4],
    })
    expect(skeleton?.nodes.types[0]).toBe('AGENT')
    expect([...(skeleton?.nodes.groups ?? [])]).toEqual([
      ['run_id', ['', '3']],
      ['step_id', ['', 's-7']],
    ])
  })

  test('tells its agents and the nodes of their graph, of metadata and of attributes, and what a cache gave', async () => {
    const startTime = at('2026-03-01T00:00:00Z')
    const seed = createSeeder(opened.engine, 'agents')
    const step = (id: string, metadata: object, part: object = {}) => ({
      id,
      traceId: 'agents',
      startTime,
      metadata: JSON.stringify(metadata),
      ...part,
    })
    await seed.traces({ id: 'agents', timestamp: startTime })
    await seed.observations(
      step('n1', { attributes: { 'graph.node.id': 'plan', 'gen_ai.agent.name': 'writer' } }),
      step('n2', { 'graph.node.id': 'act', 'graph.node.parent_id': 'plan', agent_name: 'critic' }),
      step('n3', { attributes: { other: 'x' } }, { usage: { input_cache_read: 4, input_cache_write: 9, total: 13 } }),
    )
    const { nodes } = (await findSkeleton(reader, { id: 'agents', statusChars: 200 })) ?? {}
    expect([...(nodes?.groups ?? [])]).toEqual([
      ['graph.node.id', ['plan', 'act', '']],
      ['graph.node.parent_id', ['', 'plan', '']],
      ['gen_ai.agent.name', ['writer', '', '']],
      ['agent_name', ['', 'critic', '']],
    ])
    expect(nodes?.cachedTokens).toEqual([0, 0, 4])
  })

  test('tells its times in milliseconds after the first start', async () => {
    const { nodes } = (await findSkeleton(reader, { id: 'a', statusChars: 200 })) ?? {}
    const origin = nodes?.firstStart ?? 0n
    expect(nodes?.starts[0]).toBe(0)
    expect(nodes?.starts).toEqual(nodes?.starts.toSorted((one, other) => one - other))
    expect(origin).toBeGreaterThan(at('2026-01-09T00:00:00Z'))
  })

  test('is nothing where the project has none', async () => {
    expect(await findSkeleton(stranger, { id: 'b', statusChars: 200 })).toBeUndefined()
  })

  test('has the beginnings of its status messages', async () => {
    const { nodes } = (await findSkeleton(reader, { id: 'b', statusChars: 5 })) ?? {}
    expect(nodes?.statuses).toEqual(['it br'])
  })
})

describe('a payload', () => {
  const output = { of: 'observation', id: 'a2', field: 'output' } as const
  const input = { of: 'trace', id: 'a', field: 'input' } as const

  test('is read piece by piece, in characters', async () => {
    const piece = await findPayload(reader, input, { offset: 998, length: 10 })
    expect(piece).toEqual({ text: 'éé', offset: 998, totalChars: 1000, totalBytes: 2000 })
  })

  test('is searched whatever the case', async () => {
    expect(await findInPayload(reader, output, 'FISH')).toEqual({ offsets: [4, 14, 24], total: 3 })
    expect(await findInPayload(reader, output, 'bird')).toEqual({ offsets: [], total: 0 })
  })

  test('of another project is not there', async () => {
    expect(await findPayload(stranger, output, { offset: 0, length: 1 })).toBeUndefined()
    expect(await findInPayload(stranger, output, 'fish')).toBeUndefined()
  })
})
