/** The writer over the real engine: what is written comes out, whatever the order, the pauses and the restarts. */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Change } from '#domain/change.ts'
import { foldObservation } from '#domain/fold/observation.ts'
import { projectId, traceId } from '#domain/ids.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import { createMemoryLog } from '#eventlog/memory-log.ts'
import { type Engine, type Row, TABLES, type Table } from '#store/engine.ts'
import { toObservationRow } from '#store/rows/observation.ts'
import { sql } from '#store/sql.ts'
import { OBSERVATIONS } from '#writer/kinds.ts'
import { entityKey } from '#writer/located.ts'
import { createStoredIds } from '#writer/stored-ids.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { HOUR_MS, metrics, ns, observation, removalOf, score, span, startBench, T0, trace } from './bench.ts'

let store: TestEngine
let engine: Engine
beforeAll(async () => {
  store = await openTestEngine()
  engine = store.engine
})
afterAll(() => store.close())
const emptyTables = async () => {
  for (const table of TABLES) await engine.command(`TRUNCATE TABLE ${table}`)
}
beforeEach(emptyTables)

const QUERIES: Record<Table, ReturnType<typeof sql>> = {
  traces: sql`SELECT * FROM traces FINAL ORDER BY id`,
  observations: sql`SELECT * FROM observations FINAL ORDER BY id`,
  scores: sql`SELECT * FROM scores FINAL ORDER BY id`,
  metric_series: sql`SELECT * FROM metric_series FINAL ORDER BY name, series_id`,
  metric_points: sql`SELECT * FROM metric_points FINAL ORDER BY name, timestamp, value, point_id`,
}
const rowsOf = (table: Table) => engine.query(QUERIES[table])
/** A log that forgets nothing and whose cursor never moves: every writer over it starts at the beginning. */
const unforgetfulLog = (): EventLog => ({ ...createMemoryLog(), commit: async () => {} })

/** Stores each list with a writer of its own, as after a restart. */
async function storeInRuns(log: EventLog, runs: readonly (readonly Change[])[]): Promise<void> {
  for (const changes of runs) {
    const bench = await startBench({ log, engine })
    await bench.store(...changes)
    await bench.stop()
  }
}

/** Stores each list in a flush of its own, with one writer. */
async function storeInFlushes(log: EventLog, flushes: readonly (readonly Change[])[]): Promise<void> {
  const bench = await startBench({ log, engine })
  for (const changes of flushes) await bench.store(...changes)
  await bench.stop()
}

const WAYS = [
  ['in one request', (changes: readonly Change[]) => storeInFlushes(createMemoryLog(), [changes])],
  [
    'in flushes',
    (changes: readonly Change[]) =>
      storeInFlushes(
        createMemoryLog(),
        changes.map((change) => [change]),
      ),
  ],
  [
    'in runs',
    (changes: readonly Change[]) =>
      storeInRuns(
        createMemoryLog(),
        changes.map((change) => [change]),
      ),
  ],
] as const

const LATER = sql`SELECT id FROM observations FINAL WHERE start_time >= toDateTime64('2026-01-02 03:00:10', 9, 'UTC')`

const MOVES = [
  ['within a minute', 20_000],
  ['between minutes', HOUR_MS / 2],
] as const

const idsOf = async (table: Table) => (await rowsOf(table)).map((row) => row['id'])
const everything = async (): Promise<Record<string, Row[]>> =>
  Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await rowsOf(table)])))

describe('what is written', () => {
  test('is stored with everything that it said', async () => {
    const log = createMemoryLog()
    const bench = await startBench({ log, engine })
    await bench.store(
      trace('t', { name: 'run', input: '{"a":1}', tags: ['b', 'a'], userId: 'u' }),
      observation('o', { type: 'GENERATION', model: 'gpt', usage: { input: 3, output: 4 }, startTime: ns(T0) }),
      score('s', { value: 0.5 }),
      metrics([1, 1]),
    )
    const { traces, observations, scores, metric_series, metric_points } = await everything()
    expect(traces).toMatchObject([{ id: 't', name: 'run', input: '{"a":1}', tags: ['a', 'b'], user_id: 'u' }])
    expect(observations).toMatchObject([
      { id: 'o', trace_id: 't', model: 'gpt', usage: { input: '3', output: '4', total: '7' } },
    ])
    expect(scores).toMatchObject([{ id: 's', value: 0.5 }])
    expect(metric_series).toHaveLength(1)
    expect(metric_points).toHaveLength(2)
    expect(await bench.deadLetters()).toEqual([])
    await bench.stop()
  })
})

describe.each(WAYS)('changes of one entity, %s', (_, store) => {
  test('merge', async () => {
    await store([
      observation('o', { name: 'call', input: 'q', startTime: ns(T0) }),
      observation('o', { at: T0 + 9, isUpdate: true, output: 'a', endTime: ns(T0 + 9), metadata: '{"x":{"y":1}}' }),
      observation('o', { at: T0 + 8, isUpdate: true, output: 'early', metadata: '{"x":{"z":2}}' }),
    ])
    expect(await rowsOf('observations')).toMatchObject([
      { name: 'call', input: 'q', output: 'a', metadata: '{"x":{"z":2,"y":1}}', trace_id: 't' },
    ])
  })

  test('move the row when they move its time, and leave nothing behind', async () => {
    await store([
      observation('o', { at: T0 + 3 * HOUR_MS, isUpdate: true, name: 'late' }),
      observation('o', { at: T0, startTime: ns(T0), input: 'q' }),
      trace('t', { at: T0 + 40 * 24 * HOUR_MS, isUpdate: true, name: 'run' }),
      trace('t', { at: T0, timestamp: ns(T0) }),
    ])
    expect(await rowsOf('observations')).toMatchObject([
      { name: 'late', input: 'q', start_time: '2026-01-02 03:00:00.000000000' },
    ])
    expect(await rowsOf('traces')).toMatchObject([{ name: 'run', timestamp: '2026-01-02 03:00:00.000000000' }])
  })

  test.each(MOVES)('leave nothing behind where they move it %s', async (_, by) => {
    await store([
      observation('o', { at: T0 + by, isUpdate: true, name: 'late' }),
      observation('o', { at: T0, startTime: ns(T0), input: 'q' }),
    ])
    expect(await engine.query(LATER)).toEqual([])
    await engine.command('OPTIMIZE TABLE observations FINAL')
    expect(await engine.query(LATER)).toEqual([])
    expect(await idsOf('observations')).toEqual(['o'])
  })

  test('move the row when they name its trace late', async () => {
    const { traceId: _none, ...orphan } = observation('o', { startTime: ns(T0), name: 'call' })
    await store([orphan, observation('o', { at: T0 + 1, isUpdate: true, traceId: traceId('t') })])
    expect(await rowsOf('observations')).toMatchObject([{ trace_id: 't', name: 'call' }])
  })

  test('meet a span of the same id', async () => {
    await store([
      span('o', { name: 'span', input: 'q' }),
      observation('o', { at: T0 + 5, isUpdate: true, output: 'a' }),
    ])
    expect(await rowsOf('observations')).toMatchObject([{ name: 'span', input: 'q', output: 'a' }])
  })

  test('stay within their project', async () => {
    await store([trace('t', { name: 'mine' }), trace('t', { projectId: projectId('q'), userId: 'u' })])
    const rows = await rowsOf('traces')
    expect(rows.map((row) => [row['project_id'], row['name'], row['user_id']]).sort()).toEqual([
      ['p', 'mine', ''],
      ['q', '', 'u'],
    ])
  })
})

test.each(MOVES)('a move %s leaves nothing behind where merges take the new row without the old one', async (_, by) => {
  const bench = await startBench({ log: createMemoryLog(), engine })
  await bench.store(observation('o', { at: T0 + by, isUpdate: true, name: 'late' }))
  const [old = {}] = await engine.query(
    sql`SELECT name FROM system.parts WHERE database = currentDatabase() AND table = 'observations' AND active AND rows > 0`,
  )
  await engine.command(`ALTER TABLE observations DETACH PART '${old['name']}'`)
  await bench.store(observation('o', { at: T0, startTime: ns(T0), input: 'q' }))
  await bench.store(observation('other', { startTime: ns(T0) }))
  await engine.command('OPTIMIZE TABLE observations FINAL')
  await engine.command(`ALTER TABLE observations ATTACH PART '${old['name']}'`)
  expect(await engine.query(LATER)).toEqual([])
  expect(await idsOf('observations')).toEqual(['o', 'other'])
  await bench.stop()
})

describe.each(WAYS)('a removal, %s', (_, store) => {
  test('takes a trace with all that belongs to it, and nothing else', async () => {
    await store([
      trace('t'),
      trace('kept'),
      span('o1'),
      observation('o2'),
      span('o3', { traceId: traceId('kept') }),
      score('s1'),
      score('s2', { traceId: traceId('kept') }),
      removalOf('trace', 't'),
    ])
    expect(await idsOf('traces')).toEqual(['kept'])
    expect(await idsOf('observations')).toEqual(['o3'])
    expect(await idsOf('scores')).toEqual(['s2'])
  })

  test('lets stand what is written later', async () => {
    await store([
      trace('t', { name: 'first', input: 'old' }),
      span('o', { name: 'first', input: 'old' }),
      removalOf('trace', 't'),
      trace('t', { name: 'second' }),
      span('o', { name: 'second' }),
      score('s'),
    ])
    expect(await rowsOf('traces')).toMatchObject([{ name: 'second', input: '' }])
    expect(await rowsOf('observations')).toMatchObject([{ name: 'second', input: '' }])
    expect(await idsOf('scores')).toEqual(['s'])
  })

  test('takes one score', async () => {
    await store([trace('t'), score('s1'), score('s2'), removalOf('score', 's1')])
    expect(await idsOf('scores')).toEqual(['s2'])
    expect(await idsOf('traces')).toEqual(['t'])
  })

  test('of what there never was does nothing', async () => {
    await store([removalOf('trace', 'none'), removalOf('score', 'none'), trace('t')])
    expect(await idsOf('traces')).toEqual(['t'])
  })

  test('blanks what it takes', async () => {
    await store([trace('t', { input: 'private' }), removalOf('trace', 't')])
    const rows = await engine.query(sql`SELECT input FROM traces WHERE is_deleted = 1`)
    expect(rows.every((row) => row['input'] === '')).toBe(true)
  })
})

describe('a move that a crash cut short', () => {
  const stored = (id: string, says: { at: number; version: number }) => {
    const folded = foldObservation(undefined, [observation(id, { at: says.at, startTime: ns(says.at), name: 'call' })])
    return toObservationRow(folded, says.version)
  }

  test('is cleared away when the entity is next read', async () => {
    await engine.insert('observations', [stored('o', { at: T0 + HOUR_MS, version: 1 })], 'a')
    await engine.insert('observations', [stored('o', { at: T0, version: 2 })], 'b')
    await storeInFlushes(createMemoryLog(), [[observation('o', { at: T0 + 2, isUpdate: true, output: 'a' })]])
    expect(await rowsOf('observations')).toMatchObject([{ start_time: '2026-01-02 03:00:00.000000000', output: 'a' }])
  })

  test('is cleared away by a replay that brings nothing new', async () => {
    await engine.insert('observations', [stored('o', { at: T0 + HOUR_MS, version: 1 })], 'c')
    await engine.insert('observations', [stored('o', { at: T0, version: 1000 })], 'd')
    await storeInFlushes(createMemoryLog({ start: 10 }), [
      [observation('o', { at: T0 + 2, isUpdate: true, output: 'a' })],
    ])
    expect(await rowsOf('observations')).toMatchObject([{ start_time: '2026-01-02 03:00:00.000000000', output: '' }])
  })

  test('goes wholly with its trace', async () => {
    await engine.insert('observations', [stored('o', { at: T0 + HOUR_MS, version: 1 })], 'e')
    await engine.insert('observations', [stored('o', { at: T0, version: 2 })], 'f')
    await storeInFlushes(createMemoryLog(), [[removalOf('trace', 't')]])
    expect(await rowsOf('observations')).toEqual([])
  })
})

test('costs that add up to more than a number holds are stored, their total as unknown', async () => {
  await storeInFlushes(createMemoryLog(), [[span('o', { cost: { input: 1.5e308, output: 1.5e308 } })]])
  expect(await rowsOf('observations')).toMatchObject([{ id: 'o', cost: { input: 1.5e308 }, total_cost: null }])
})

describe('metrics', () => {
  test('equal points count twice, one request under one key once', async () => {
    await storeInRuns(createMemoryLog(), [
      [metrics([1])],
      [metrics([1])],
      [metrics([2, 2], { idempotencyKey: 'k' })],
      [metrics([2, 2], { idempotencyKey: 'k' })],
    ])
    expect((await rowsOf('metric_points')).map((row) => row['value'])).toEqual([1, 1, 2, 2])
    expect(await rowsOf('metric_series')).toHaveLength(1)
  })
})

describe('a replay', () => {
  const ids = fc.constantFrom('a', 'b')
  const at = fc.integer({ min: T0, max: T0 + 3 * HOUR_MS })
  const text = fc.constantFrom('x', 'y', 'z')
  const anyChange: fc.Arbitrary<Change> = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(ids, at, text).map(([id, time, name]) => trace(id, { at: time, name })) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(ids, ids, at, text)
        .map(([id, of, time, output]) => observation(id, { at: time, traceId: traceId(of), output })),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(ids, ids, at, text)
        .map(([id, of, time, input]) => span(id, { at: time, startTime: ns(time), traceId: traceId(of), input })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(ids, ids, at).map(([id, of, time]) => score(id, { at: time, traceId: traceId(of) })),
    },
    { weight: 1, arbitrary: ids.map((id) => removalOf('trace', id)) },
    { weight: 1, arbitrary: ids.map((id) => removalOf('score', id)) },
    { weight: 1, arbitrary: fc.constant(metrics([1, 2])) },
  )

  test('gives the same rows, over what is stored, over empty tables, in flushes and at once', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 12 }), async (changes) => {
        await emptyTables()
        const log = unforgetfulLog()
        await storeInFlushes(
          log,
          changes.map((change) => [change]),
        )
        const first = await everything()
        await storeInFlushes(log, [])
        expect(await everything()).toEqual(first)
        await emptyTables()
        await storeInFlushes(log, [])
        expect(await everything()).toEqual(first)
      }),
      { numRuns: 8 },
    )
  })
})

describe('the ids of the store', () => {
  const ODD_IDS = ['a', 'Zürich', '日本', '🙂', 'x'.repeat(800), 'tab\tand "quote"', "o'\\0", '\u0001']
  const read = async () => {
    const { ids, fill } = createStoredIds({ kind: OBSERVATIONS, engine, maxBytes: 1_000_000, minuteBytes: 1024 })
    expect(ids.isComplete).toBe(false)
    await fill(() => undefined, new AbortController().signal)
    expect(ids.isComplete).toBe(true)
    return ids
  }
  const keyOf = (id: string) => entityKey(projectId('p'), id)

  test('are known after a start, whatever they look like', async () => {
    await storeInRuns(createMemoryLog(), [ODD_IDS.map((id, n) => span(id, { startTime: ns(T0 + n * HOUR_MS) }))])
    const ids = await read()
    expect(ODD_IDS.filter((id) => !ids.has(keyOf(id)))).toEqual([])
    expect(ids.has(keyOf('b'))).toBe(false)
  })

  test('of an empty store are none', async () => {
    expect((await read()).has(keyOf('a'))).toBe(false)
  })
})

test('a span sent again with another start leaves its first place', async () => {
  const first = span('o', { startTime: ns(T0), input: 'q' })
  const again = span('o', { at: T0 - 2 * HOUR_MS, startTime: ns(T0 - 2 * HOUR_MS), output: 'a' })
  await storeInFlushes(createMemoryLog(), [[first], [span('other')], [again]])
  expect(await rowsOf('observations')).toMatchObject([
    { id: 'o', input: 'q', output: 'a', start_time: '2026-01-02 01:00:00.000000000' },
    { id: 'other' },
  ])
})
