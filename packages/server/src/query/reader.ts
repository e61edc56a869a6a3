import type { ProjectId } from '#domain/ids.ts'
import type { Engine, Lane, Row } from '#store/engine.ts'
import { type Sql, sql, str, strs } from '#store/sql.ts'

/** Where a question is asked: the engine, the one project whose rows may be seen, and when to stop waiting. */
export interface Reader {
  readonly engine: Engine
  readonly projectId: ProjectId
  readonly signal?: AbortSignal
  /** Whose connections serve; those of lists and look-ups when absent. */
  readonly lane?: Lane
  /** What each question may take; the engine's own limit when absent. */
  readonly maxSeconds?: number
}

/** The same reader for a question that may go through all history, so that it holds up no list and no look-up. */
export const heavily = (reader: Reader): Reader => ({ ...reader, lane: 'heavy' })

/** Runs one SELECT for a reader. @throws AppError as `Engine.query` */
export function ask(reader: Reader, statement: Sql): Promise<Row[]> {
  const { engine, projectId, signal, lane, maxSeconds } = reader
  return engine.query(statement, {
    owner: projectId,
    ...(signal && { signal }),
    ...(lane && { lane }),
    ...(maxSeconds !== undefined && { maxSeconds }),
  })
}

/** The condition that every query of every table carries. */
export const ofProject = (id: ProjectId): Sql => sql`project_id = ${str(id)}`

/** `expression IN (values)`; false for an empty list. */
export const isAmong = (expression: Sql, values: readonly string[]): Sql =>
  values.length === 0 ? sql`0` : sql`${expression} IN (${strs(values)})`

/**
 * `PREWHERE` for the rows of some traces or observations, so that every other column is read of their grains alone.
 * Conditions there come before FINAL, which is right for `project_id`, `id` and the `trace_id` of an observation
 * only: all versions of a row share its sort key. Any other condition goes into the WHERE that follows.
 */
export const atKeys = ({ projectId }: Reader, key: Sql, values: readonly string[]): Sql =>
  sql`PREWHERE ${ofProject(projectId)} AND ${isAmong(key, values)}`
