/** The lists of the web interface, and the columns that they are asked for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBudget } from '#query/explore/budget.ts'
import { listObservations, OBSERVATION_LIST_ORDERS } from '#query/explore/list-observations.ts'
import { listTraces, TRACE_LIST_ORDERS, type TraceListOrder } from '#query/explore/list-traces.ts'
import type { MoreColumn } from '#query/explore/more-cells.ts'
import type { ListPlace } from '#query/page-token.ts'
import type { Reader } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import { printLiteral } from '#store/print.ts'
import { at, createSeeder } from '../support/seed.ts'
import { type Explored, openExplored, SPAN } from './explored-day.ts'

let opened: Explored
let reader: Reader
let stranger: Reader

const NOW = Date.parse('2026-01-10T00:00:00Z')

beforeAll(async () => {
  opened = await openExplored()
  ;({ reader, stranger } = opened)
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
