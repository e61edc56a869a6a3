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
import type { Engine } from '#store/engine.ts'
import { keepingEngine } from '#store/keeping-engine.ts'
import { sql } from '#store/sql.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'

let opened: TestEngine
let keeping: Engine
beforeAll(async () => {
  opened = await openTestEngine()
  keeping = keepingEngine(opened.engine)
}, 60_000)
afterAll(() => opened.close())

const HOUR = 3_600_000_000_000n
/** Hours over five days and the turn of a month. */
const START = at('2026-01-29T00:00:00Z')
const hour = fc.integer({ min: 0, max: 119 })
const time = (of: number) => START + BigInt(of) * HOUR + 1n
const id = fc.integer({ min: 0, max: 9 })
const project = fc.constantFrom(PROJECT, PROJECT, OTHER_PROJECT)

/** Rows of a few ids on a few days, so that they replace each other. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('trace' as const), id, hour, project }),
  fc.record({ kind: fc.constant('observation' as const), id, hour, project }),
  fc.record({ kind: fc.constant('score' as const), id, hour, project }),
  fc.record({ kind: fc.constant('remove' as const), id, hour, project }),
  fc.record({ kind: fc.constantFrom('mutate' as const, 'merge' as const), id, hour, project }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const bounds = fc.record({
  from: fc.option(hour),
  to: fc.option(hour),
  name: fc.option(id),
  page: fc.constantFrom(1, 2),
})
type Bounds = typeof bounds extends fc.Arbitrary<infer T> ? T : never

const CREATED = Date.parse('2026-02-04T00:00:00Z')
let version = 1

async function write({ kind, id: number, hour: at, project: projectId }: Step): Promise<void> {
  version++
  const seed = createSeeder(keeping, `step-${version}`, () => version)
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
        traceId: `trace-${number}`,
        startTime: time(at),
        name,
        model: 'm',
        totalCost: 0.5,
      })
    case 'score':
      return seed.scores({ ...key, timestamp: time(at), name })
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
    value === null ? [] : [{ type: 'datetime', column, operator, value: time(value) }]
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

test('what is kept is what the store says, between writes of any kind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(step, { maxLength: 3 }), bounds), { maxLength: 12 }),
      async (rounds) => {
        for (const [steps, question] of rounds) {
          for (const each of steps) await write(each)
          // Asked while a mutation may be under way.
          await ask({ engine: keeping, projectId: PROJECT }, question)
          await mutationsDone()
          const [kept, plain] = [keeping, opened.engine].map((engine) => ask({ engine, projectId: PROJECT }, question))
          expect(await kept).toEqual(await plain)
        }
      },
    ),
    { numRuns: 3 },
  )
}, 120_000)
