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
