import type { Score } from '#domain/score.ts'
import { groupBy } from '#lib/group.ts'
import { fromScoreRow } from '#store/rows/score.ts'
import { type Sql, sql, u64 } from '#store/sql.ts'
import { WHOLE } from './load-rows.ts'
import { ask, isAmong, ofProject, type Reader } from './reader.ts'

/** Run id → the scores on the run itself, the newest first, at most `limit` a run. */
export async function scoresOfRuns(
  reader: Reader,
  runIds: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, Score[]>> {
  const scores = await find(reader, { column: sql`dataset_run_id`, ids: runIds, limit, by: sql`dataset_run_id` })
  return groupBy(scores, ({ datasetRunId = '' }) => datasetRunId)
}

interface ScoredItem {
  readonly id: string
  readonly traceId: string
}

/** For each item in order: the scores on it and on its trace, the newest first, at most `limit` an item. */
export async function scoresOfItems(
  reader: Reader,
  items: readonly ScoredItem[],
  limit: number,
): Promise<readonly Score[][]> {
  const ids = [...new Set(items.map(({ traceId }) => traceId))]
  const scores = await find(reader, { column: sql`trace_id`, ids, limit, by: sql`trace_id, observation_id` })
  const byTrace = groupBy(scores, ({ traceId = '' }): string => traceId)
  return items.map(({ id, traceId }) =>
    (byTrace.get(traceId) ?? [])
      .filter(({ observationId }) => observationId === undefined || observationId === id)
      .slice(0, limit),
  )
}

interface Which {
  readonly column: Sql
  readonly ids: readonly string[]
  readonly limit: number
  readonly by: Sql
}

async function find(reader: Reader, { column, ids, limit, by }: Which): Promise<Score[]> {
  if (ids.length === 0) return []
  const rows = await ask(
    reader,
    sql`SELECT ${WHOLE} FROM scores FINAL WHERE ${ofProject(reader.projectId)} AND ${isAmong(column, ids)} ORDER BY timestamp DESC, id DESC LIMIT ${u64(limit)} BY ${by}`,
  )
  return rows.map((row) => fromScoreRow(row).entity)
}
