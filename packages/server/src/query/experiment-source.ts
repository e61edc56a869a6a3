/**
 * Experiments have two sources: the spans that carry `experiment_*`, in the store, and what clients
 * registered through dataset-run-items, in the catalogue. Both name a run by the same derived id
 * (langfuse-ingestion contract §10.4), so that a run made by several clients is one.
 */
import type { DatasetItems } from '#catalog/dataset-items.ts'
import type { DatasetRuns } from '#catalog/dataset-runs.ts'
import { f64, f64s, type Sql, sql, strs } from '#store/sql.ts'
import { ofProject, type Reader } from './reader.ts'

export interface ExperimentSource {
  readonly reader: Reader
  readonly runs: DatasetRuns
  readonly items: Pick<DatasetItems, 'byIds'>
}

/** The spans of experiments, as a condition on `observations`. Of a removed run those stay that arrived after its removal. */
export async function experimentSpans({ reader, runs }: ExperimentSource): Promise<Sql> {
  const spans = sql`${ofProject(reader.projectId)} AND experiment_id != ''`
  const removed = await runs.removed(reader.projectId)
  if (removed.size === 0) return spans
  const removedAt = sql`transform(experiment_id, ${strs([...removed.keys()])}, ${f64s([...removed.values()])}, ${f64(0)})`
  return sql`${spans} AND toUnixTimestamp64Milli(created_at) > ${removedAt}`
}

/** The one span of each item that stands for it. */
export const isItem: Sql = sql`id = experiment_item_root_observation_id`

/** The latest that any span of a group says of the experiment. */
export const latest = (column: Sql): Sql => sql`argMaxIf(${column}, start_time, ${column} != '')`
