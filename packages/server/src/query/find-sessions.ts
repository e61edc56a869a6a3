import type { Nanos } from '#domain/time.ts'
import { DAY_NS, oneUnit, timeOf } from '#store/day-spans.ts'
import type { Row } from '#store/engine.ts'
import { msOf, numberOf, textOf } from '#store/rows/cells.ts'
import { all, any, instant, type Sql, sql, str, u64 } from '#store/sql.ts'
import { type DatedRows, findByDay, findWhole, spanSql } from './by-day.ts'
import type { Page, PageRequest } from './page.ts'
import { ask, isAmong, ofProject, type Reader } from './reader.ts'

/** A session exists once a trace carries its id; its environment is that of the trace received first. */
export interface Session {
  readonly id: string
  readonly environment: string
  /** When its first trace was received, milliseconds since the epoch. */
  readonly createdAt: number
}

export interface SessionsQuestion extends PageRequest {
  /** Bounds on `createdAt`. */
  readonly from: Nanos | undefined
  readonly to: Nanos | undefined
  /** Any of these; all when absent. */
  readonly environments: readonly string[] | undefined
}

/** One page of sessions, newest first, with an exact total. */
export async function findSessions(reader: Reader, question: SessionsQuestion): Promise<Page<Session>> {
  const { page, limit, from, to, environments } = question
  const isOfAll = from === undefined && to === undefined && !environments
  const newest = isOfAll && page * limit <= MAX_NEAR ? await findNewestSessions(reader, question) : undefined
  return newest ?? findAmongAll(reader, question)
}

/**
 * From all sessions at once. The trace that came first is looked for in the sessions of the page alone, unless a
 * condition is on it: over all of them it takes thrice the time of the rest.
 */
async function findAmongAll(reader: Reader, question: SessionsQuestion): Promise<Page<Session>> {
  const { page, limit } = question
  const sessions = sessionsSql(reader, question)
  const rows = await findWhole(
    reader,
    'traces',
    sql`SELECT *, count() OVER () AS sessions FROM (${sessions}) ORDER BY first_created_at DESC, session_id DESC LIMIT ${u64(limit)} OFFSET ${u64((page - 1) * limit)}`,
  )
  const [counted] =
    rows.length > 0 ? rows : await findWhole(reader, 'traces', sql`SELECT count() AS sessions FROM (${sessions})`)
  const firsts = await beginnings(reader, rows)
  return {
    totalItems: counted ? numberOf(counted, 'sessions') : 0,
    values: rows.flatMap((row) => firsts.get(textOf(row, 'session_id')) ?? []),
  }
}

/** `SELECT session_id, first_created_at`, one row a session. */
function sessionsSql(reader: Reader, { from, to, environments }: SessionsQuestion): Sql {
  const conditions: Sql[] = []
  if (from !== undefined) conditions.push(sql`first_created_at >= ${instant(from)}`)
  if (to !== undefined) conditions.push(sql`first_created_at < ${instant(to)}`)
  if (environments) conditions.push(isAmong(FIRST_ENVIRONMENT, environments))
  return sql`SELECT session_id, min(created_at) AS first_created_at FROM traces FINAL WHERE ${inSession(reader)} GROUP BY session_id HAVING ${all(conditions)}`
}

const inSession = ({ projectId }: Reader): Sql => sql`${ofProject(projectId)} AND session_id != ''`

const FIRST_ENVIRONMENT: Sql = sql`argMin(environment, (created_at, id))`

async function beginnings(reader: Reader, sessions: readonly Row[]): Promise<ReadonlyMap<string, Session>> {
  const ids = sessions.map((row) => textOf(row, 'session_id'))
  if (ids.length === 0) return new Map()
  const rows = await ask(
    reader,
    sql`SELECT session_id, min(created_at) AS first_created_at, ${FIRST_ENVIRONMENT} AS first_environment FROM traces FINAL WHERE ${ofProject(reader.projectId)} AND ${isAmong(sql`session_id`, ids)} GROUP BY session_id`,
  )
  return new Map(
    rows.map((row) => {
      const id = textOf(row, 'session_id')
      return [id, { id, environment: textOf(row, 'first_environment'), createdAt: msOf(row, 'first_created_at') }]
    }),
  )
}

/** Pages up to here are looked for in the days of late. */
const MAX_NEAR = 1000
/** Of so few traces all are looked at as fast. */
const FEW_TRACES = 50_000
/** Traces that are looked at for each session of a page, first and, where they were too few, a second time. */
const TRACES_A_SESSION = [16, 256]
/** Sessions of the days that turn out to have begun before them, and are looked at in vain. */
const SPARE = 50

/**
 * The page from the days with the traces received last. A session that began after everything in the other days
 * was received has all its traces in these; one that has traces in both began before, and is passed over.
 * Undefined where the days hold too few.
 */
async function findNewestSessions(reader: Reader, { page, limit }: PageRequest): Promise<Page<Session> | undefined> {
  const reach = page * limit
  const days = await findByDay(reader, ALL_IN_SESSION, {
    columns: sql`toString(max(created_at)) AS last, count() AS traces`,
    merging: { by: [], columns: { last: 'max', traces: 'sum' } },
  })
  const received = days
    .map((row) => ({ day: numberOf(row, 'day'), last: textOf(row, 'last'), traces: numberOf(row, 'traces') }))
    .sort((a, b) => (a.last < b.last ? 1 : -1))
  if (received.reduce((sum, { traces }) => sum + traces, 0) < FEW_TRACES) return undefined
  const counting = findWhole(reader, 'traces', countSql(reader))
  const finding = findStepwise(reader, received, reach)
  const [[counted], found] = await Promise.all([counting, finding])
  return found && { totalItems: counted ? numberOf(counted, 'sessions') : 0, values: found.slice(reach - limit) }
}

/** Sessions by a 64-bit hash of their id: over all of them half of the work. */
const countSql = (reader: Reader): Sql =>
  sql`SELECT uniqExact(cityHash64(session_id)) AS sessions FROM traces FINAL WHERE ${inSession(reader)}`

interface ReceivedDay {
  readonly day: number
  /** When the last of its traces was received, as the store spells it. */
  readonly last: string
  readonly traces: number
}

/** The first `reach` sessions. */
async function findStepwise(reader: Reader, received: readonly ReceivedDay[], reach: number) {
  for (const traces of TRACES_A_SESSION) {
    const count = daysWith(received, traces * reach)
    if (count >= received.length) return undefined
    const found = await findInDays(reader, { received, count, reach })
    if (found.length >= reach) return found.slice(0, reach)
  }
  return undefined
}

/** How many of the days it takes to have so many traces. */
function daysWith(received: readonly ReceivedDay[], traces: number): number {
  let seen = 0
  const index = received.findIndex((day) => {
    seen += day.traces
    return seen >= traces
  })
  return index < 0 ? received.length : index + 1
}

const ALL_IN_SESSION: DatedRows = {
  table: 'traces',
  where: sql`session_id != ''`,
  span: { from: undefined, to: undefined },
  isKept: true,
}

interface Days {
  /** Those received last first. */
  readonly received: readonly ReceivedDay[]
  /** How many of them are looked into. */
  readonly count: number
  readonly reach: number
}

/** The newest sessions that began after all of the other days' traces were received. */
async function findInDays(reader: Reader, { received, count, reach }: Days): Promise<Session[]> {
  const days = received.slice(0, count).map(({ day }) => spanSql(sql`timestamp`, timeOf(oneUnit(day), DAY_NS)))
  const before = received[count]?.last ?? ''
  const rows = await ask(
    reader,
    sql`SELECT session_id, min(created_at) AS first_created_at FROM traces FINAL WHERE ${inSession(reader)} AND ${any(days)} GROUP BY session_id HAVING first_created_at > toDateTime64(${str(before)}, 3, 'UTC') ORDER BY first_created_at DESC, session_id DESC LIMIT ${u64(reach + SPARE)}`,
  )
  const firsts = await beginnings(reader, rows)
  return rows.flatMap((row) => {
    const first = firsts.get(textOf(row, 'session_id'))
    return first?.createdAt === msOf(row, 'first_created_at') ? [first] : []
  })
}
