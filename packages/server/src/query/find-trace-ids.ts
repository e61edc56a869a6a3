import { spellings, type TraceId, traceId } from '#domain/ids.ts'
import { textOf } from '#store/rows/cells.ts'
import { sql, str } from '#store/sql.ts'
import { ask, atKeys, type Reader } from './reader.ts'

/** The id under which the project has the trace: as it is given, or the other spelling of a UUID. */
export async function findTraceId(reader: Reader, id: string): Promise<TraceId | undefined> {
  const [row] = await ask(
    reader,
    sql`SELECT id FROM traces FINAL ${atKeys(reader, sql`id`, spellings(id))} ORDER BY id = ${str(id)} DESC LIMIT 1`,
  )
  return row && traceId(textOf(row, 'id'))
}

/** Those of the ids, spelled as they are, under which the project has a trace, in their order. */
export async function findTraceIds(reader: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await ask(reader, sql`SELECT id FROM traces FINAL ${atKeys(reader, sql`id`, ids)}`)
  const found = new Set(rows.map((row) => textOf(row, 'id')))
  return ids.filter((id) => found.has(id))
}
