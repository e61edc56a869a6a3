/** The questions of the web interface: lists, groups, histogram, suggestions, skeleton, payload windows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import { startBudget } from '#query/explore/budget.ts'
import { findHistogram, type Histogram, type HistogramQuestion, stepOf } from '#query/explore/histogram.ts'
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
import { HOUR_NS } from '#store/day-spans.ts'
import type { Engine } from '#store/engine.ts'
import { printLiteral } from '#store/print.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'

let opened: TestEngine
let reader: Reader
let stranger: Reader

const NOW = Date.parse('2026-01-10T00:00:00Z')
const SPAN = { from: at('2026-01-09T00:00:00Z'), to: at('2026-01-10T00:00:00Z') }

beforeAll(async () => {
  opened = await openTestEngine()
  reader = { engine: opened.engine, projectId: PROJECT }
  stranger = { engine: opened.engine, projectId: OTHER_PROJECT }
  const seed = createSeeder(opened.engine)
  const trace = (id: string, minute: string, part: object) => ({
    id,
    timestamp: at(`2026-01-09T10:${minute}:00Z`),
    ...part,
  })
  await seed.traces(
    trace('a', '00', { name: 'chat', userId: 'ada', sessionId: 's1', tags: ['x', 'y'], input: 'é'.repeat(1000) }),
    trace('b', '10', { name: 'agent', userId: 'ada', sessionId: 's1', metadata: '{"team":"red","n":2}' }),
    trace('c', '20', { name: 'chat', userId: 'bob', sessionId: 's2', metadata: '{"team":"blue"}' }),
    trace('d', '30', { name: 'quiet', environment: 'prod' }),
    { id: 'old', timestamp: at('2025-01-01T00:00:00Z'), name: 'chat', userId: 'eve' },
    { id: 'a', projectId: OTHER_PROJECT, timestamp: SPAN.from, name: 'theirs', userId: 'ada' },
  )
  const step = (id: string, traceId: string, part: object) => ({
    id,
    traceId,
    startTime: at('2026-01-09T10:00:01Z'),
    endTime: at('2026-01-09T10:00:03Z'),
    ...part,
  })
  await seed.observations(
    step('a1', 'a', { type: 'AGENT', name: 'root', endTime: at('2026-01-09T10:00:05Z') }),
    step('a2', 'a', {
      type: 'GENERATION',
      name: 'plan',
      parentObservationId: 'a1',
      model: 'gpt-4',
      startTime: at('2026-01-09T10:00:02Z'),
      usage: { input: 10, output: 5, total: 15, input_cached_tokens: 4 },
      totalCost: 0.5,
      metadata: '{"step_id":"s-7","run_id":3}',
      output: 'One fish, TWO fish, red fish',
    }),
    step('b1', 'b', { level: 'ERROR', statusMessage: 'it broke', totalCost: 0.25, usage: { total: 40 } }),
    step('c1', 'c', { level: 'WARNING', endTime: undefined }),
    step('a1', 'a', { projectId: OTHER_PROJECT, name: 'theirs', type: 'TOOL' }),
  )
  await seed.scores(
    { id: 's', traceId: 'a', name: 'good', value: 1, timestamp: SPAN.from },
    { id: 's2', traceId: 'a', name: 'good', value: 0, timestamp: SPAN.from },
    { id: 's3', traceId: 'a', observationId: 'a2', name: 'own', dataType: 'CATEGORICAL', stringValue: 'fine' },
  )
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

describe('the histogram', () => {
  const total = ({ bars }: Histogram) => bars.map(({ count, errors }) => [count, errors])

  test('counts traces and those with an error', async () => {
    const histogram = await findHistogram(reader, { view: 'traces', filters: [], ...SPAN })
    expect([histogram.stepMs, histogram.total]).toEqual([1_800_000, 4])
    expect(total(histogram)).toEqual([
      [3, 1],
      [1, 0],
    ])
  })

  describe('of more than can be counted in time', () => {
    const TO = at('2026-05-01T00:00:00Z')
    const NAMED = { type: 'string', column: 'name', operator: '=', value: 'hit' } as const
    const asked = { view: 'observations', filters: [NAMED], from: TO - 90n * 24n * HOUR_NS, to: TO } as const
    const project = projectId('estimated')

    beforeAll(async () => {
      const days = ['2026-03-10', '2026-04-24', '2026-04-27', '2026-04-28', '2026-04-29']
      await createSeeder(opened.engine, project).observations(
        ...days.flatMap((day) =>
          ['hit', 'a', 'b', 'c'].map((name) => ({
            id: `${day} ${name}`,
            traceId: day,
            projectId: project,
            startTime: at(`${day}T12:00:00Z`),
            name,
            level: day === '2026-04-29' ? ('ERROR' as const) : ('DEFAULT' as const),
          })),
        ),
      )
    })

    /** Of an engine that refuses to look at filtered rows since some instants; and the seconds that it is given. */
    const count = async (refuses: (since: string) => boolean, part: Partial<HistogramQuestion> = {}) => {
      const limits: (number | undefined)[] = []
      const engine: Engine = {
        ...opened.engine,
        query: async (statement, options = {}) => {
          limits.push(options.maxSeconds)
          const { query } = printLiteral(statement)
          const since = />= _CAST\('([^']+)'/.exec(query)?.[1] ?? ''
          if (query.includes('FINAL') && refuses(since)) throw new AppError('query_too_heavy')
          return await opened.engine.query(statement, options)
        },
      }
      const question = { ...asked, budget: startBudget(5000, () => 0), ...part }
      return { histogram: await findHistogram({ engine, projectId: project }, question), limits }
    }

    test('is estimated by the newest rows, of those in the bar where they end too', async () => {
      const { histogram } = await count((since) => since < '2026-04-26')
      // Three of the newest twelve match, one with an error: so may one of the four before, and one in March.
      expect(histogram).toMatchObject({ stepMs: 7 * 24 * 3_600_000, total: 5, isEstimated: true })
      expect(total(histogram)).toEqual([
        [1, 0],
        [4, 1],
      ])
    })

    test('is exact where the newest rows turn out to be all', async () => {
      let questions = 0
      const { histogram } = await count(() => questions++ === 0)
      expect(histogram).toMatchObject({ total: 5, isEstimated: false })
      expect(total(histogram)).toEqual([
        [1, 0],
        [4, 1],
      ])
    })

    test('may take half of the time at once, then what is left of it, but for what there must be', async () => {
      const { limits } = await count((since) => since < '2026-04-26')
      expect(limits.slice(0, 4)).toEqual([3, undefined, undefined, 4])
    })

    test('takes what it takes where the newest hour is about all of it', async () => {
      const span = { from: at('2026-04-29T11:30:00Z'), to: at('2026-04-29T13:30:00Z') }
      const { histogram, limits } = await count(() => false, span)
      expect(histogram).toMatchObject({ total: 1, isEstimated: false })
      expect(limits).toEqual([undefined])
    })

    test('is nothing where there is nothing', async () => {
      const to = at('2026-02-20T00:00:00Z')
      const { histogram } = await count(() => true, { from: to - 24n * HOUR_NS, to })
      expect(histogram).toMatchObject({ bars: [], total: 0, isEstimated: false })
    })
  })

  test('counts observations', async () => {
    expect(total(await findHistogram(reader, { view: 'observations', filters: [], ...SPAN }))).toEqual([[4, 1]])
  })

  test.each([
    [1000, 1000],
    [80_000, 1000],
    [81_000, 2000],
    [86_400_000, 1_800_000],
    [365 * 86_400_000, 7 * 86_400_000],
  ])('over %s ms has bars of %s ms', (span, step) => {
    expect(stepOf(span)).toBe(step)
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
