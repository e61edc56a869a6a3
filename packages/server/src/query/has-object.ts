import { spellings } from '#domain/ids.ts'
import { type Sql, sql, str } from '#store/sql.ts'
import { ask, isAmong, ofProject, type Reader } from './reader.ts'

export type StoredObjectType = 'TRACE' | 'OBSERVATION' | 'SESSION'

/** Whether the project has the trace or observation, under either spelling of a UUID, or a trace of the session. */
export async function hasObject(reader: Reader, type: StoredObjectType, id: string): Promise<boolean> {
  // '' in a column means that there is none.
  if (id === '') return false
  const found = await ask(
    reader,
    sql`SELECT 1 FROM ${FROM[type]} WHERE ${ofProject(reader.projectId)} AND ${isIt(type, id)} LIMIT 1`,
  )
  return found.length > 0
}

const FROM: Record<StoredObjectType, Sql> = {
  TRACE: sql`traces FINAL`,
  OBSERVATION: sql`observations FINAL`,
  SESSION: sql`traces FINAL`,
}

const isIt = (type: StoredObjectType, id: string): Sql =>
  type === 'SESSION' ? sql`session_id = ${str(id)}` : isAmong(sql`id`, spellings(id))
