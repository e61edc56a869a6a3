import type { Nanos } from '#domain/time.ts'
import type { Row } from '#store/engine.ts'
import { msOf, numberOf, textOf } from '#store/rows/cells.ts'
import { all, instant, type Sql, sql, u64 } from '#store/sql.ts'
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

/**
 * One page of sessions, newest first, with an exact total. The trace that came first is looked for in the
 * sessions of the page alone, unless a condition is on it: over all of them it takes thrice the time of the rest.
 */
export async function findSessions(reader: Reader, question: SessionsQuestion): Promise<Page<Session>> {
  const { page, limit } = question
  const sessions = sessionsSql(reader, question)
  const rows = await ask(
    reader,
    sql`SELECT *, count() OVER () AS sessions FROM (${sessions}) ORDER BY first_created_at DESC, session_id DESC LIMIT ${u64(limit)} OFFSET ${u64((page - 1) * limit)}`,
  )
  const [counted] = rows.length > 0 ? rows : await ask(reader, sql`SELECT count() AS sessions FROM (${sessions})`)
  const environments = await environmentsOf(reader, rows)
  return {
    totalItems: counted ? numberOf(counted, 'sessions') : 0,
    values: rows.map((row) => ({
      id: textOf(row, 'session_id'),
      environment: environments.get(textOf(row, 'session_id')) ?? '',
      createdAt: msOf(row, 'first_created_at'),
    })),
  }
}

/** `SELECT session_id, first_created_at`, one row a session. */
function sessionsSql(reader: Reader, { from, to, environments }: SessionsQuestion): Sql {
  const conditions: Sql[] = []
  if (from !== undefined) conditions.push(sql`first_created_at >= ${instant(from)}`)
  if (to !== undefined) conditions.push(sql`first_created_at < ${instant(to)}`)
  if (environments) conditions.push(isAmong(FIRST_ENVIRONMENT, environments))
  return sql`SELECT session_id, min(created_at) AS first_created_at FROM traces FINAL WHERE ${ofProject(reader.projectId)} AND session_id != '' GROUP BY session_id HAVING ${all(conditions)}`
}

const FIRST_ENVIRONMENT: Sql = sql`argMin(environment, (created_at, id))`

async function environmentsOf(reader: Reader, sessions: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const ids = sessions.map((row) => textOf(row, 'session_id'))
  if (ids.length === 0) return new Map()
  const rows = await ask(
    reader,
    sql`SELECT session_id, ${FIRST_ENVIRONMENT} AS first_environment FROM traces FINAL WHERE ${ofProject(reader.projectId)} AND ${isAmong(sql`session_id`, ids)} GROUP BY session_id`,
  )
  return new Map(rows.map((row) => [textOf(row, 'session_id'), textOf(row, 'first_environment')]))
}
