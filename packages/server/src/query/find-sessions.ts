import type { Nanos } from '#domain/time.ts'
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

/** One page of sessions, newest first, with an exact total. */
export async function findSessions(reader: Reader, question: SessionsQuestion): Promise<Page<Session>> {
  const conditions: Sql[] = []
  if (question.from !== undefined) conditions.push(sql`first_created_at >= ${instant(question.from)}`)
  if (question.to !== undefined) conditions.push(sql`first_created_at < ${instant(question.to)}`)
  if (question.environments) conditions.push(isAmong(sql`first_environment`, question.environments))
  const sessions = sql`${grouped(reader)} HAVING ${all(conditions)}`
  const { page, limit } = question
  const [counted, rows] = await Promise.all([
    ask(reader, sql`SELECT count() AS sessions FROM (${sessions})`),
    ask(
      reader,
      sql`${sessions} ORDER BY first_created_at DESC, session_id DESC LIMIT ${u64(limit)} OFFSET ${u64((page - 1) * limit)}`,
    ),
  ])
  return {
    totalItems: counted[0] ? numberOf(counted[0], 'sessions') : 0,
    values: rows.map((row) => ({
      id: textOf(row, 'session_id'),
      environment: textOf(row, 'first_environment'),
      createdAt: msOf(row, 'first_created_at'),
    })),
  }
}

const grouped = (reader: Reader): Sql =>
  sql`SELECT session_id, min(created_at) AS first_created_at, argMin(environment, (created_at, id)) AS first_environment FROM traces FINAL WHERE ${ofProject(reader.projectId)} AND session_id != '' GROUP BY session_id`
