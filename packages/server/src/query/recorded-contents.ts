import type { Trace } from '#domain/trace.ts'
import type { Row } from '#store/engine.ts'
import { optionalTextOf, textOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { ask, atKeys, type Reader } from './reader.ts'

/** What a trace or an observation itself holds, as it is stored. */
interface RecordedContent extends Pick<Trace, 'input' | 'output' | 'metadata'> {
  readonly id: string
  /** Its own id for a trace. */
  readonly traceId: string
}

/** The payloads of these traces, in no order; a trace that is not there is left out. */
export async function findTraceContents(reader: Reader, ids: readonly string[]): Promise<RecordedContent[]> {
  if (ids.length === 0) return []
  const rows = await ask(
    reader,
    sql`SELECT id, id AS trace_id, input, output, metadata FROM traces FINAL ${atKeys(reader, sql`id`, ids)}`,
  )
  return rows.map(toContent)
}

/** The same of observations. */
export async function findObservationContents(reader: Reader, ids: readonly string[]): Promise<RecordedContent[]> {
  if (ids.length === 0) return []
  const rows = await ask(
    reader,
    sql`SELECT id, trace_id, input, output, metadata FROM observations FINAL ${atKeys(reader, sql`id`, ids)}`,
  )
  return rows.map(toContent)
}

const toContent = (row: Row): RecordedContent => ({
  id: textOf(row, 'id'),
  traceId: textOf(row, 'trace_id'),
  input: optionalTextOf(row, 'input'),
  output: optionalTextOf(row, 'output'),
  metadata: textOf(row, 'metadata') || '{}',
})
