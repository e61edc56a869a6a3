import type { Trace } from '#domain/trace.ts'
import { optionalTextOf, textOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { ask, atKeys, type Reader } from './reader.ts'

/** What a trace itself holds, as it is stored. */
type TraceContent = Pick<Trace, 'input' | 'output' | 'metadata'> & { readonly id: string }

/** The payloads of these traces, in no order; a trace that is not there is left out. */
export async function findTraceContents(reader: Reader, ids: readonly string[]): Promise<TraceContent[]> {
  if (ids.length === 0) return []
  const rows = await ask(
    reader,
    sql`SELECT id, input, output, metadata FROM traces FINAL ${atKeys(reader, sql`id`, ids)}`,
  )
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    input: optionalTextOf(row, 'input'),
    output: optionalTextOf(row, 'output'),
    metadata: textOf(row, 'metadata') || '{}',
  }))
}
