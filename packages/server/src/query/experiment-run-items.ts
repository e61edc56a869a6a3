import type { DatasetRun, DatasetRunItem } from '#domain/dataset.ts'
import type { Row } from '#store/engine.ts'
import { msOf, textOf } from '#store/rows/cells.ts'
import { sql, str } from '#store/sql.ts'
import { type ExperimentSource, experimentSpans, isItem } from './experiment-source.ts'
import { ask, isAmong } from './reader.ts'

/** What was done in a run, the newest first: what was registered, and items of spans that nobody registered. */
export async function findRunItems(source: ExperimentSource, run: DatasetRun): Promise<DatasetRunItem[]> {
  const [registered, seen] = await Promise.all([source.runs.items(run.projectId, [run.id]), itemsInSpans(source, run)])
  const known = new Set(registered.map(itemKey))
  return [...registered, ...seen.filter((item) => !known.has(itemKey(item)))].sort(newestFirst)
}

/** What a registration and a span of the same item have in common. */
export const itemKey = ({ runId, itemId, traceId }: Pick<DatasetRunItem, 'runId' | 'itemId' | 'traceId'>): string =>
  JSON.stringify([runId, itemId, traceId])

/** The keys of the items of these runs that spans tell of, whenever that was. */
export async function itemKeysInSpans(source: ExperimentSource, runIds: readonly string[]): Promise<Set<string>> {
  if (runIds.length === 0) return new Set()
  const spans = await experimentSpans(source)
  const rows = await ask(
    source.reader,
    sql`SELECT experiment_id, experiment_item_id, trace_id FROM observations FINAL WHERE ${spans} AND ${isItem} AND ${isAmong(sql`experiment_id`, runIds)}`,
  )
  return new Set(
    rows.map((row) =>
      itemKey({
        runId: textOf(row, 'experiment_id'),
        itemId: textOf(row, 'experiment_item_id'),
        traceId: textOf(row, 'trace_id'),
      }),
    ),
  )
}

function newestFirst(one: DatasetRunItem, other: DatasetRunItem): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1)
}

async function itemsInSpans(source: ExperimentSource, run: DatasetRun): Promise<DatasetRunItem[]> {
  const spans = await experimentSpans(source)
  const rows = await ask(
    source.reader,
    sql`SELECT id, trace_id, experiment_item_id, created_at, updated_at FROM observations FINAL WHERE ${spans} AND ${isItem} AND experiment_id = ${str(run.id)}`,
  )
  return rows.map((row) => runItemOf(row, run))
}

function runItemOf(row: Row, run: DatasetRun): DatasetRunItem {
  const id = textOf(row, 'id')
  return {
    id,
    runId: run.id,
    runName: run.name,
    datasetId: run.datasetId,
    itemId: textOf(row, 'experiment_item_id'),
    traceId: textOf(row, 'trace_id'),
    observationId: id,
    createdAt: msOf(row, 'created_at'),
    updatedAt: msOf(row, 'updated_at'),
  }
}
