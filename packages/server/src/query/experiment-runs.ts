import { type Dataset, type DatasetRun, datasetRunId } from '#domain/dataset.ts'
import type { ProjectId } from '#domain/ids.ts'
import { groupBy } from '#lib/group.ts'
import type { Row } from '#store/engine.ts'
import { msOf, optionalTextOf, textOf } from '#store/rows/cells.ts'
import { type Sql, sql, str } from '#store/sql.ts'
import { type ExperimentSource, experimentSpans, latest } from './experiment-source.ts'
import { ask, heavily, isAmong } from './reader.ts'

/** All runs over a dataset, registered or known from spans alone, the newest first. */
export async function findDatasetRuns(source: ExperimentSource, dataset: Dataset): Promise<DatasetRun[]> {
  const runs = await findRunsOfDatasets(source, [dataset.id])
  return runs.get(dataset.id) ?? []
}

/** Dataset id → its runs, the newest first; no entry for a dataset without any. */
export async function findRunsOfDatasets(
  source: ExperimentSource,
  datasetIds: readonly string[],
): Promise<ReadonlyMap<string, DatasetRun[]>> {
  const [registered, seen] = await Promise.all([
    source.runs.ofDatasets(source.reader.projectId, datasetIds),
    runsInSpans(source, isAmong(sql`experiment_dataset_id`, datasetIds)),
  ])
  const known = new Set(registered.map(({ id }) => id))
  const runs = [...registered, ...seen.filter(({ id }) => !known.has(id))].sort(newestFirst)
  return groupBy(runs, ({ datasetId }) => datasetId)
}

/**
 * The run of that name; undefined when there is none. Spans may put several ids under one name (clients
 * that could not derive the id made one up): the derived one counts, else the newest.
 */
export async function findDatasetRun(
  source: ExperimentSource,
  dataset: Dataset,
  name: string,
): Promise<DatasetRun | undefined> {
  const id = datasetRunId(dataset.projectId, dataset.id, name)
  const [registered] = await source.runs.byIds(dataset.projectId, [id])
  if (registered) return registered
  const isNamed = sql`(experiment_id = ${str(id)} OR (experiment_dataset_id = ${str(dataset.id)} AND experiment_name = ${str(name)}))`
  const seen = (await runsInSpans(source, isNamed)).sort(newestFirst)
  return seen.find((run) => run.id === id) ?? seen[0]
}

function newestFirst(one: DatasetRun, other: DatasetRun): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1)
}

async function runsInSpans(source: ExperimentSource, which: Sql): Promise<DatasetRun[]> {
  const spans = await experimentSpans(source)
  const rows = await ask(
    heavily(source.reader),
    sql`SELECT experiment_id, ${latest(sql`experiment_name`)} AS name, ${latest(sql`experiment_description`)} AS description, ${latest(sql`experiment_metadata`)} AS run_metadata, ${latest(sql`experiment_dataset_id`)} AS dataset_id, min(created_at) AS first, max(updated_at) AS last FROM observations FINAL WHERE ${spans} AND ${which} GROUP BY experiment_id`,
  )
  return rows.map((row) => runOf(row, source.reader.projectId))
}

function runOf(row: Row, projectId: ProjectId): DatasetRun {
  return {
    id: textOf(row, 'experiment_id'),
    projectId,
    datasetId: textOf(row, 'dataset_id'),
    name: textOf(row, 'name'),
    description: optionalTextOf(row, 'description'),
    metadata: optionalTextOf(row, 'run_metadata'),
    createdAt: msOf(row, 'first'),
    updatedAt: msOf(row, 'last'),
  }
}
