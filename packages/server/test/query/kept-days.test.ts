/** What is answered from figures that are kept by day is what the store answers without them, whatever was written between. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Filter } from '#domain/filter.ts'
import { findDailyMetrics } from '#query/daily-metrics.ts'
import { findObservations } from '#query/find-observations.ts'
import { findScores } from '#query/find-scores.ts'
import { findSessions } from '#query/find-sessions.ts'
import { findTraces } from '#query/find-traces.ts'
import type { Reader } from '#query/reader.ts'
import { MINUTE_NS } from '#store/day-spans.ts'
import type { Engine } from '#store/engine.ts'
import { keepingEngine } from '#store/keeping-engine.ts'
import { moveMark } from '#store/rows/move-mark.ts'
import type { ObservationRow } from '#store/rows/observation.ts'
import type { ScoreRow } from '#store/rows/score.ts'
import type { TraceRow } from '#store/rows/trace.ts'
import { sql } from '#store/sql.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'

let opened: TestEngine
let keeping: Engine
beforeAll(async () => {
  opened = await openTestEngine()
  keeping = keepingEngine(opened.engine, { restedFor: 2 })
}, 60_000)
afterAll(() => opened.close())

/** Minutes over five days and the turn of a month; many in two, so that rows move within one. */
const START = at('2026-01-29T00:00:00Z')
const minute = fc.oneof(
  fc.integer({ min: 0, max: 119 * 60 }),
  fc.integer({ min: 60 * 60, max: 60 * 62 }),
  fc.integer({ min: 3601, max: 3602 }),
)
const timeOf = (of: number) => START + BigInt(of) * MINUTE_NS + 1n
const id = fc.integer({ min: 0, max: 9 })
const project = fc.constantFrom(PROJECT, PROJECT, OTHER_PROJECT)

/** Rows of a few ids on a few days, so that they replace each other. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('trace' as const), id, minute, project }),
  fc.record({ kind: fc.constant('observation' as const), id, minute, project }),
  fc.record({ kind: fc.constant('score' as const), id, minute, project }),
  fc.record({ kind: fc.constant('scattered' as const), id, minute, project }),
  fc.record({ kind: fc.constant('remove' as const), id, minute, project }),
  fc.record({ kind: fc.constantFrom('mutate' as const, 'merge' as const), id, minute, project }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const bounds = fc.record({
  from: fc.option(minute),
  to: fc.option(minute),
  name: fc.option(id),
  page: fc.constantFrom(1, 2),
})
type Bounds = typeof bounds extends fc.Arbitrary<infer T> ? T : never

const CREATED = Date.parse('2026-02-04T00:00:00Z')
let version = 1

type StoredRow = TraceRow | ObservationRow | ScoreRow
const isStored = (row: object): row is StoredRow => 'row_version' in row

/** The row last written at each place of the sort keys. */
const last = new Map<string, StoredRow>()

/** The engine as the writer uses it: a row that moves within its minute comes with a mark of its time before. */
function marking(engine: Engine): Engine {
  const marked = (table: string, row: object): object[] => {
    if (!isStored(row)) return [row]
    const time = BigInt(Reflect.get(row, 'start_time') ?? Reflect.get(row, 'timestamp'))
    const place = [table, Reflect.get(row, 'project_id'), Reflect.get(row, 'id'), time / MINUTE_NS].join()
    const before = last.get(place)
    last.set(place, row)
    return before ? [moveMark(before, time), row] : [row]
  }
  return {
    ...engine,
    insert: (table, rows, token) =>
      engine.insert(
        table,
        rows.flatMap((row) => marked(table, row)),
        token,
      ),
  }
}

async function write({ kind, id: number, minute: at, project: projectId }: Step): Promise<void> {
  version += 3
  const seed = createSeeder(marking(keeping), `step-${version}`, () => version)
  const time = (of: number) => timeOf(of) + BigInt(version % 40) * 1_000_000_000n
  const key = { id: `${kind}-${number}`, projectId }
  const name = `n${number}`
  switch (kind) {
    case 'trace':
      return seed.traces({
        ...key,
        timestamp: time(at),
        name,
        sessionId: `s${(number + at) % 7}`,
        createdAt: CREATED + at * 1000,
      })
    case 'observation':
      return seed.observations({
        ...key,
        traceId: `trace-${number % 4}`,
        startTime: time(at),
        name,
        model: `m${number % 2}`,
        totalCost: 0.5,
      })
    case 'score':
      return seed.scores({ ...key, timestamp: time(at), name })
    case 'scattered':
      return seed.observations(
        ...Array.from({ length: 18 }, (_, index) => ({
          ...key,
          id: `${key.id}-${index}`,
          traceId: `trace-${number % 4}`,
          startTime: time(at + 2 * index),
          name,
          model: 'm0',
        })),
      )
    case 'remove':
      return seed.removedTraces({ ...key, id: `trace-${number}`, timestamp: time(at) })
    case 'mutate':
      return keeping.command(
        `ALTER TABLE observations DELETE WHERE id = 'observation-${number}' SETTINGS mutations_sync = 0`,
      )
    case 'merge':
      return keeping.command('OPTIMIZE TABLE observations FINAL')
  }
}

function ask(reader: Reader, { from, to, name, page }: Bounds) {
  const bound = (column: string, operator: '>=' | '<=', value: number | null): Filter[] =>
    value === null ? [] : [{ type: 'datetime', column, operator, value: timeOf(value) }]
  const within = (column: string) => [...bound(column, '>=', from), ...bound(column, '<=', to)]
  const named: Filter[] = name === null ? [] : [{ type: 'string', column: 'name', operator: '=', value: `n${name}` }]
  const parts = { io: false, scores: false, observations: false, metrics: false }
  const order = { column: 'timestamp', direction: 'desc' } as const
  const times = within('timestamp').filter((filter) => filter.type === 'datetime')
  return Promise.all([
    findTraces(reader, { filters: [...within('timestamp'), ...named], page, limit: 3, order, parts, now: Date.now() }),
    findTraces(reader, { filters: [...within('timestamp'), ...named], page, limit: 3, order, parts }),
    findObservations(reader, { filters: [...within('startTime'), ...named], page, limit: 3 }),
    findScores(reader, { filters: within('timestamp'), page, limit: 3, isTraceOnly: false, withTrace: false }),
    findSessions(reader, { page, limit: 1, from: undefined, to: undefined, environments: undefined }),
    findDailyMetrics(reader, { filters: [], times, page, limit: 2 }),
    findDailyMetrics(reader, { filters: named, times, page, limit: 2 }),
  ])
}

const UNDONE = sql`SELECT count() AS mutations FROM system.mutations WHERE NOT is_done`

/** A mutation goes on after its command; the two answers are to be of one state. */
async function mutationsDone(): Promise<void> {
  await expect.poll(() => opened.engine.query(UNDONE), { timeout: 30_000 }).toEqual([{ mutations: '0' }])
}

/** Of an hour that is kept by minutes, more separate ones are written to than are read as such. */
const scattered = ['scattered', 'observation', 'observation', 'scattered'] as const
const SCATTERED = scattered.map((kind, index): [Step[], Bounds] => [
  [{ kind, id: index, minute: 60 * 60 + (index === 0 ? 1 : 0), project: PROJECT }],
  // Without a name two of the questions are one, for which the hour has rested by the end.
  { from: null, to: null, name: 0, page: 1 },
])

test('what is kept is what the store says, between writes of any kind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(step, { maxLength: 3 }), bounds), { maxLength: 12 }),
      async (rounds) => {
        for (const [steps, question] of rounds) {
          for (const each of steps) await write(each)
          const kept = { engine: keeping, projectId: PROJECT }
          // A mutation may be under way.
          const meanwhile = await ask(kept, question)
          await mutationsDone()
          const expected = await ask({ engine: opened.engine, projectId: PROJECT }, question)
          if (steps.every(({ kind }) => kind !== 'mutate')) expect(meanwhile).toEqual(expected)
          expect(await ask(kept, question)).toEqual(expected)
        }
      },
    ),
    { numRuns: 4, examples: [[SCATTERED]] },
  )
}, 120_000)
