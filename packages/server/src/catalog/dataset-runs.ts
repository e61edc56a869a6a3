/**
 * Runs over datasets and what was done in them, as far as clients registered it; runs that only spans
 * tell of are in the store, under the same ids (langfuse-ingestion contract §10.4).
 */
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type DatasetRun, type DatasetRunItem, datasetRunId } from '#domain/dataset.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'

/** JSON as text. */
export interface NewRunItem {
  readonly datasetId: string
  readonly runName: string
  /** Of the run; those of its first item stand. */
  readonly description: string | undefined
  readonly metadata: string | undefined
  readonly itemId: string
  readonly traceId: string
  readonly observationId: string | undefined
  /** Milliseconds since the epoch; now when absent. */
  readonly createdAt: number | undefined
}

/** What of a run was registered in a span of time. */
export interface RunActivity {
  readonly run: DatasetRun
  readonly items: number
  /** Milliseconds since the epoch. */
  readonly first: number
  readonly last: number
}

/** Milliseconds since the epoch, `to` exclusive. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
}

export interface DatasetRuns {
  /** Registers an item, and its run when that is new. The same item, trace and observation again change nothing. */
  link(projectId: ProjectId, item: NewRunItem): Promise<DatasetRunItem>
  byIds(projectId: ProjectId, ids: readonly string[]): Promise<DatasetRun[]>
  /** All of the datasets, the newest first. */
  ofDatasets(projectId: ProjectId, datasetIds: readonly string[]): Promise<DatasetRun[]>
  /** All of the runs, the newest first. */
  items(projectId: ProjectId, runIds: readonly string[]): Promise<DatasetRunItem[]>
  /** The newest items in the window, of all runs or of those named; `offset` of them are passed over. */
  itemsWithin(
    projectId: ProjectId,
    question: TimeWindow & { readonly runIds?: readonly string[]; readonly limit: number; readonly offset: number },
  ): Promise<DatasetRunItem[]>
  activity(projectId: ProjectId, window: TimeWindow): Promise<RunActivity[]>
  /** Forgets the run and its items, and notes when, for the spans that tell of it. */
  remove(projectId: ProjectId, id: string): Promise<void>
  /** Run id → when it was removed. */
  removed(projectId: ProjectId): Promise<ReadonlyMap<string, number>>
}

export function createDatasetRuns(db: CatalogDb, now: () => number): DatasetRuns {
  const runs = (project: ProjectId) => db.selectFrom('dataset_runs').selectAll().where('project_id', '=', project)
  return {
    link: (project, item) => linkItem(db, { project, item, at: now() }),
    byIds: async (project, ids) => {
      if (ids.length === 0) return []
      return (await runs(project).where('id', 'in', ids).execute()).map(fromRow)
    },
    ofDatasets: async (project, datasetIds) => {
      if (datasetIds.length === 0) return []
      const own = runs(project).where('dataset_id', 'in', datasetIds)
      return (await own.orderBy('created_at', 'desc').orderBy('id').execute()).map(fromRow)
    },
    items: async (project, runIds) => {
      if (runIds.length === 0) return []
      const own = itemRows(db, project).where('dataset_run_items.run_id', 'in', runIds)
      return (await newest(own).execute()).map(fromItemRow)
    },
    itemsWithin: async (project, { from, to, runIds, limit, offset }) => {
      const within = itemRows(db, project)
        .where('dataset_run_items.created_at', '>=', from)
        .where('dataset_run_items.created_at', '<', to)
      const own = runIds === undefined ? within : within.where('dataset_run_items.run_id', 'in', runIds)
      return (await newest(own).limit(limit).offset(offset).execute()).map(fromItemRow)
    },
    activity: (project, window) => findActivity(db, project, window),
    remove: (project, id) => removeRun(db, { project, id, at: now() }),
    removed: async (project) => {
      const rows = db.selectFrom('removed_dataset_runs').selectAll().where('project_id', '=', project)
      return new Map((await rows.execute()).map(({ run_id, removed_at }) => [run_id, removed_at]))
    },
  }
}

const itemRows = (db: CatalogDb, project: ProjectId) =>
  db
    .selectFrom('dataset_run_items')
    .innerJoin('dataset_runs', 'dataset_runs.id', 'dataset_run_items.run_id')
    .selectAll('dataset_run_items')
    .select(['dataset_runs.name as run_name', 'dataset_runs.dataset_id'])
    .where('dataset_run_items.project_id', '=', project)

const newest = (rows: ReturnType<typeof itemRows>) =>
  rows.orderBy('dataset_run_items.created_at', 'desc').orderBy('dataset_run_items.id', 'desc')

interface Link {
  readonly project: ProjectId
  readonly item: NewRunItem
  readonly at: number
}

async function linkItem(db: CatalogDb, link: Link): Promise<DatasetRunItem> {
  const { project, item, at } = link
  const run = runRow(link)
  const id = createHash('sha256')
    .update(JSON.stringify([run.id, item.itemId, item.traceId, item.observationId ?? null]))
    .digest('hex')
    .slice(0, 32)
  return await db.transaction().execute(async (tx) => {
    const insertRun = tx.insertInto('dataset_runs').values(run)
    await insertRun.onConflict((conflict) => conflict.column('id').doNothing()).execute()
    const insertItem = tx.insertInto('dataset_run_items').values({
      id,
      project_id: project,
      run_id: run.id,
      item_id: item.itemId,
      trace_id: item.traceId,
      observation_id: item.observationId ?? null,
      created_at: item.createdAt ?? at,
      updated_at: at,
    })
    await insertItem.onConflict((conflict) => conflict.column('id').doNothing()).execute()
    const own = itemRows(tx, project).where('dataset_run_items.id', '=', id)
    return fromItemRow(await own.executeTakeFirstOrThrow())
  })
}

type RunRow = Selectable<CatalogTables['dataset_runs']>

function runRow({ project, item, at }: Link): RunRow {
  return {
    id: datasetRunId(project, item.datasetId, item.runName),
    project_id: project,
    dataset_id: item.datasetId,
    name: item.runName,
    description: item.description ?? null,
    metadata: item.metadata ?? null,
    created_at: at,
    updated_at: at,
  }
}

async function findActivity(db: CatalogDb, project: ProjectId, { from, to }: TimeWindow): Promise<RunActivity[]> {
  const rows = await db
    .selectFrom('dataset_run_items')
    .innerJoin('dataset_runs', 'dataset_runs.id', 'dataset_run_items.run_id')
    .selectAll('dataset_runs')
    .select((eb) => [
      eb.fn.countAll<number>().as('items'),
      eb.fn.min('dataset_run_items.created_at').as('first'),
      eb.fn.max('dataset_run_items.created_at').as('last'),
    ])
    .where('dataset_run_items.project_id', '=', project)
    .where('dataset_run_items.created_at', '>=', from)
    .where('dataset_run_items.created_at', '<', to)
    .groupBy('dataset_runs.id')
    .execute()
  return rows.map(({ items, first, last, ...run }) => ({ run: fromRow(run), items: Number(items), first, last }))
}

async function removeRun(
  db: CatalogDb,
  { project, id, at }: { readonly project: ProjectId; readonly id: string; readonly at: number },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // The items go with their run.
    await tx.deleteFrom('dataset_runs').where('project_id', '=', project).where('id', '=', id).execute()
    await tx
      .insertInto('removed_dataset_runs')
      .values({ project_id: project, run_id: id, removed_at: at })
      .onConflict((conflict) => conflict.columns(['project_id', 'run_id']).doUpdateSet({ removed_at: at }))
      .execute()
  })
}

function fromRow(row: RunRow): DatasetRun {
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    datasetId: row.dataset_id,
    name: row.name,
    description: row.description ?? undefined,
    metadata: row.metadata ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

type ItemRow = Awaited<ReturnType<ReturnType<typeof itemRows>['execute']>>[number]

const fromItemRow = (row: ItemRow): DatasetRunItem => ({
  id: row.id,
  runId: row.run_id,
  runName: row.run_name,
  datasetId: row.dataset_id,
  itemId: row.item_id,
  traceId: row.trace_id,
  observationId: row.observation_id ?? undefined,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
