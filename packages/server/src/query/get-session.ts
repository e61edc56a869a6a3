import type { Trace } from '#domain/trace.ts'
import { fromTraceRow } from '#store/rows/trace.ts'
import { sql, str } from '#store/sql.ts'
import type { Session } from './find-sessions.ts'
import { WHOLE } from './load-rows.ts'
import { ask, ofProject, type Reader } from './reader.ts'

export interface WholeSession extends Session {
  /** Oldest first. */
  readonly traces: readonly Trace[]
}

/** One session with its whole traces; undefined when no trace of the project carries the id. */
export async function findSession(reader: Reader, id: string): Promise<WholeSession | undefined> {
  // '' in the column means that a trace has no session.
  if (id === '') return undefined
  const rows = await ask(
    reader,
    sql`SELECT ${WHOLE} FROM traces FINAL WHERE ${ofProject(reader.projectId)} AND session_id = ${str(id)} ORDER BY timestamp, id`,
  )
  const traces = rows.map((row) => fromTraceRow(row).entity)
  const [first, ...others] = traces
  if (!first) return undefined
  const created = others.reduce((a, b) => (b.createdAt < a.createdAt ? b : a), first)
  return { id, environment: created.environment, createdAt: created.createdAt, traces }
}
