/** Every way to find a page gives the same page: the rows sorted by time and id, newest first, cut into pieces. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { filteredRows } from '#query/by-day.ts'
import { findScores } from '#query/find-scores.ts'
import { TRACE_TIME } from '#query/load-rows.ts'
import { findNewest } from '#query/page.ts'
import { ofProject, type Reader } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import { printLiteral } from '#store/print.ts'
import { textOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'

let opened: TestEngine
beforeAll(async () => {
  opened = await openTestEngine()
}, 60_000)
afterAll(() => opened.close())

const MINUTE = 60_000_000_000n
/** Over two days and the turn of a month; few minutes, so that many rows share one. */
const START = at('2026-01-31T00:00:00Z')
const minute = fc.integer({ min: 0, max: 47 }).map((hour) => hour * 60)

let run = 0

test('a page is the same whichever way it is found', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ minute, isOther: fc.boolean() }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      async (rows, limit) => {
        const name = `run-${++run}`
        const seed = createSeeder(opened.engine, name)
        await seed.traces(
          ...rows.map(({ minute: of, isOther }, index) => ({
            id: `${name}-${index}`,
            projectId: isOther ? OTHER_PROJECT : PROJECT,
            timestamp: START + BigInt(of) * MINUTE,
            name,
          })),
        )
        const own = rows
          .map(({ minute: of, isOther }, index) => ({ id: `${name}-${index}`, of, isOther }))
          .filter(({ isOther }) => !isOther)
          .sort((a, b) => b.of - a.of || (a.id < b.id ? 1 : -1))
          .map(({ id }) => id)
        for (let page = 1; page <= Math.ceil(own.length / limit) + 1; page++) {
          const wanted = { ids: own.slice((page - 1) * limit, page * limit), totalItems: own.length }
          expect(await pageOf({ name, page, limit, fewRows: 0 })).toEqual(wanted)
          expect(await pageOf({ name, page, limit })).toEqual(wanted)
          expect(await pageOf({ name, page, limit, isKept: false })).toEqual(wanted)
          expect(await pageOf({ name, page, limit, isKept: false, maxHeld: 0 })).toEqual(wanted)
          expect(await pageOf({ name, page, limit, now: Date.parse('2026-02-01T12:00:00Z') })).toEqual(wanted)
        }
      },
    ),
    { numRuns: 8 },
  )
}, 120_000)

test('of rows that other tables decide, and that nothing keeps count of, those that match are looked for once', async () => {
  const statements: string[] = []
  const engine: Engine = {
    ...opened.engine,
    query: (statement, options) => {
      statements.push(printLiteral(statement).query)
      return opened.engine.query(statement, options)
    },
  }
  await createSeeder(opened.engine, 'once').traces({ id: 'once', timestamp: START, name: 'once' })
  const found = await pageOf({ name: 'once', page: 1, limit: 5, isKept: false, engine })
  expect(found).toEqual({ ids: ['once'], totalItems: 1 })
  expect(statements.filter((statement) => statement.includes('FINAL'))).toHaveLength(1)
})

interface Asked {
  readonly name: string
  readonly page: number
  readonly limit: number
  readonly fewRows?: number
  readonly maxHeld?: number
  readonly isKept?: boolean
  readonly now?: number
  readonly engine?: Engine
}

async function pageOf({ name, page, limit, isKept = true, now, engine = opened.engine, ...bounds }: Asked) {
  const reader: Reader = { engine, projectId: PROJECT }
  const filters = [{ type: 'string', column: 'name', operator: '=', value: name }] as const
  const rows = { ...filteredRows(reader, 'traces', filters), isKept }
  const where = sql`${ofProject(PROJECT)} AND ${rows.where}`
  const listing = { from: sql`traces FINAL`, where, time: TRACE_TIME, columns: sql`id, timestamp`, rows, now }
  const found = await findNewest(reader, { ...listing, ...bounds }, { page, limit })
  return { ids: found.values.map((row) => textOf(row, 'id')), totalItems: found.totalItems }
}

test('scores by the hundred thousand are found with their traces in the memory of a query', async () => {
  const project = projectId('many-scores')
  const rows = (id: string, columns: string, values: string) =>
    `(project_id, id, timestamp, row_version, created_at, updated_at${columns}) SELECT '${project}', ${id}, toDateTime64('2026-01-31', 9, 'UTC') - toIntervalSecond(number), 1, now(), now()${values} FROM numbers(400000)`
  const traceId = 'lower(hex(MD5(toString(number))))'
  await opened.engine.command(`INSERT INTO traces ${rows(traceId, '', '')}`)
  await opened.engine.command(
    `INSERT INTO scores ${rows('toString(number)', ', trace_id, data_type', `, if(number < 100, 'gone', ${traceId}), 'NUMERIC'`)}`,
  )
  const reader: Reader = { engine: lean(opened.engine), projectId: project }
  const filters = [{ type: 'string', column: 'dataType', operator: '=', value: 'NUMERIC' }] as const
  const found = await findScores(reader, { filters, page: 1, limit: 2, isTraceOnly: false, withTrace: true })
  expect({ ...found, values: found.values.map(({ score }) => score.id) }).toEqual({
    values: ['100', '101'],
    totalItems: 399_900,
  })
}, 60_000)

/** The engine with less memory for each query: 120 MB. */
function lean(engine: Engine): Engine {
  return {
    ...engine,
    query: (asked, options) => engine.query(sql`${asked} SETTINGS max_memory_usage = 120000000`, options),
  }
}

const KINDS = ['with a trace', 'of a lost trace', 'of a session'] as const

test('a page of scores with their traces leaves out those whose trace is gone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ minute, kind: fc.constantFrom(...KINDS) }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      async (rows, limit) => {
        const project = projectId(`scored-${++run}`)
        const seed = createSeeder(opened.engine, project)
        const scores = rows.map(({ minute: of, kind }, index) => ({
          kind,
          traceId: `t-${index}`,
          place: { id: `s-${index}`, projectId: project, timestamp: START + BigInt(of) * MINUTE },
        }))
        for (const { kind, traceId, place } of scores) {
          await seed.scores({ ...place, ...(kind === 'of a session' ? { sessionId: 's' } : { traceId }) })
          if (kind === 'with a trace') await seed.traces({ ...place, id: traceId, userId: `of ${traceId}` })
        }
        const own = scores
          .filter(({ kind }) => kind !== 'of a lost trace')
          .sort(({ place: a }, { place: b }) => Number(b.timestamp - a.timestamp) || (a.id < b.id ? 1 : -1))
          .map(({ kind, traceId, place }) => [place.id, kind === 'with a trace' ? `of ${traceId}` : undefined])
        const reader: Reader = { engine: opened.engine, projectId: project }
        for (let page = 1; page <= Math.ceil(own.length / limit) + 1; page++)
          for (const now of [Date.parse('2026-02-01T12:00:00Z'), undefined]) {
            const question = { filters: [], page, limit, isTraceOnly: false, withTrace: true }
            const found = await findScores(reader, { ...question, ...(now !== undefined && { now }) })
            expect({ ...found, values: found.values.map(({ score, trace }) => [score.id, trace?.userId]) }).toEqual({
              values: own.slice((page - 1) * limit, page * limit),
              totalItems: own.length,
            })
          }
      },
    ),
    { numRuns: 8 },
  )
}, 120_000)
