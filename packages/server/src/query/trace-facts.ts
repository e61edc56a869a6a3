import type { Trace } from '#domain/trace.ts'
import type { Row } from '#store/engine.ts'
import { textOf } from '#store/rows/cells.ts'
import { fromTraceRow } from '#store/rows/trace.ts'
import { sql } from '#store/sql.ts'
import { WITHOUT_PAYLOADS } from './load-rows.ts'
import { isRoot } from './measures.ts'
import { ask, atKeys, type Reader } from './reader.ts'

/** The traces of the ids without their payloads; one that the project has not is left out. */
export async function tracesById(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Trace>> {
  if (ids.length === 0) return new Map()
  const rows = await ask(reader, sql`SELECT ${WITHOUT_PAYLOADS} FROM traces FINAL ${atKeys(reader, sql`id`, ids)}`)
  return new Map(rows.map((row) => [textOf(row, 'id'), fromTraceRow(row).entity]))
}

/** Trace id → name of its earliest root observation, where it has one. */
export async function rootNames(reader: Reader, traceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (traceIds.length === 0) return new Map()
  const rows: Row[] = await ask(
    reader,
    sql`SELECT trace_id, argMin(name, (start_time, id)) AS root_name FROM observations FINAL ${atKeys(reader, sql`trace_id`, traceIds)} WHERE ${isRoot} GROUP BY trace_id`,
  )
  return new Map(rows.map((row) => [textOf(row, 'trace_id'), textOf(row, 'root_name')]))
}
