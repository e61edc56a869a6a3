import type { ProjectId } from '#domain/ids.ts'
import type { Engine, Row } from '#store/engine.ts'
import { type Sql, sql, str, strs } from '#store/sql.ts'

/** Where a question is asked: the engine, the one project whose rows may be seen, and when to stop waiting. */
export interface Reader {
  readonly engine: Engine
  readonly projectId: ProjectId
  readonly signal?: AbortSignal
}

/** Runs one SELECT for a reader. @throws AppError as `Engine.query` */
export function ask(reader: Reader, statement: Sql): Promise<Row[]> {
  return reader.engine.query(statement, reader.signal ? { signal: reader.signal } : {})
}

/** The condition that every query of every table carries. */
export const ofProject = (id: ProjectId): Sql => sql`project_id = ${str(id)}`

/** `expression IN (values)`; false for an empty list. */
export const isAmong = (expression: Sql, values: readonly string[]): Sql =>
  values.length === 0 ? sql`0` : sql`${expression} IN (${strs(values)})`
