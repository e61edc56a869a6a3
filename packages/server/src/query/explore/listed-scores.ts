import { ask, isAmong, ofProject, type Reader } from '#query/reader.ts'
import { numberOf, optionalTextOf, textOf } from '#store/rows/cells.ts'
import { all, type Sql, sql } from '#store/sql.ts'

/** All scores of one name that one row was given. */
export interface ListedScore {
  readonly name: string
  readonly dataType: string
  /** The mean of numbers; 0 or 1 of booleans. */
  readonly value: number
  /** The newest category or text. */
  readonly text: string
}

/** By the id of the row; rows without a score are left out. */
export type ListedScores = ReadonlyMap<string, readonly ListedScore[]>

/** The scores of traces, those of their observations included. */
export const scoresOfTraces = (reader: Reader, ids: readonly string[]): Promise<ListedScores> =>
  scoresOf(reader, { key: sql`trace_id`, ids, conditions: [] })

/** The scores of observations, by their ids; `traceIds` are those of their traces, which have an index. */
export const scoresOfObservations = (
  reader: Reader,
  { ids, traceIds }: { readonly ids: readonly string[]; readonly traceIds: readonly string[] },
): Promise<ListedScores> =>
  scoresOf(reader, { key: sql`observation_id`, ids, conditions: [isAmong(sql`trace_id`, traceIds)] })

interface Scored {
  readonly key: Sql
  readonly ids: readonly string[]
  readonly conditions: readonly Sql[]
}

async function scoresOf(reader: Reader, { key, ids, conditions }: Scored): Promise<ListedScores> {
  const byRow = new Map<string, ListedScore[]>()
  if (ids.length === 0) return byRow
  const where = all([ofProject(reader.projectId), ...conditions, isAmong(key, ids), sql`data_type != 'CORRECTION'`])
  const rows = await ask(
    reader,
    sql`SELECT ${key} AS scored, toString(name) AS score, any(toString(data_type)) AS kind, avg(value) AS mean, argMax(string_value, timestamp) AS text FROM scores FINAL WHERE ${where} GROUP BY scored, score ORDER BY score`,
  )
  for (const row of rows) {
    const listed = byRow.get(textOf(row, 'scored')) ?? []
    listed.push({
      name: textOf(row, 'score'),
      dataType: textOf(row, 'kind'),
      value: numberOf(row, 'mean'),
      text: optionalTextOf(row, 'text') ?? '',
    })
    byRow.set(textOf(row, 'scored'), listed)
  }
  return byRow
}
