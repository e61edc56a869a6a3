/**
 * The items of datasets. Every write is a new version, and the versions of one dataset have instants of
 * their own: a write takes the next free millisecond from the dataset's row, which also makes the writes
 * of one dataset follow one another on both databases (public-api contract §10.2).
 */
import { randomUUID } from 'node:crypto'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { DatasetItem, DatasetItemStatus } from '#domain/dataset.ts'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { groupBy } from '#lib/group.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import type { DatasetChecks } from './dataset-checks.ts'
import { contentOf, type DatasetItemRow, fromItemRow } from './dataset-item-row.ts'
import { keepMediaNames } from './media-names.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

/** What a client says of an item. Undefined keeps what is there; JSON as text. */
export interface DatasetItemWrite {
  readonly datasetName: string
  /** A new one when absent. */
  readonly id?: string | undefined
  readonly input?: string | undefined
  readonly expectedOutput?: string | undefined
  readonly metadata?: string | undefined
  readonly sourceTraceId?: string | undefined
  readonly sourceObservationId?: string | undefined
  readonly status?: DatasetItemStatus | undefined
}

export interface DatasetItemsQuestion extends PageRequest {
  readonly datasetId?: string | undefined
  readonly sourceTraceId?: string | undefined
  readonly sourceObservationId?: string | undefined
  /** The items as they stood at this instant (milliseconds since the epoch); as they stand when absent. */
  readonly at?: number | undefined
}

export interface DatasetItems {
  /**
   * Makes the item, or a new version of it.
   * @throws AppError `not_found` for an unknown dataset, `conflict` for an id of another dataset,
   *   `bad_request` for what the dataset's schemas refuse
   */
  upsert(projectId: ProjectId, write: DatasetItemWrite): Promise<DatasetItem>
  /** The item as it stands, or stood `at` an instant, archived or not. */
  byId(projectId: ProjectId, id: string, at?: number): Promise<DatasetItem | undefined>
  /** Several items as they stand. */
  byIds(projectId: ProjectId, ids: readonly string[]): Promise<DatasetItem[]>
  /** Active items, the last written first. */
  list(projectId: ProjectId, question: DatasetItemsQuestion): Promise<Page<DatasetItem>>
  /** Dataset id → the ids of its active items, the last written first. */
  activeIds(projectId: ProjectId, datasetIds: readonly string[]): Promise<ReadonlyMap<string, string[]>>
  /** False when the project has no such item. Earlier versions stay to be asked for. */
  remove(projectId: ProjectId, id: string): Promise<boolean>
}

interface DatasetItemDeps {
  readonly db: CatalogDb
  readonly checks: DatasetChecks
  readonly now: () => number
}

export function createDatasetItems(deps: DatasetItemDeps): DatasetItems {
  const { db } = deps
  return {
    upsert: (project, write) => upsertItem(deps, project, write),
    byId: async (project, id, at) => {
      const row = await versions(db, project, at).where('dataset_item_versions.id', '=', id).executeTakeFirst()
      return row && fromItemRow(row)
    },
    byIds: async (project, ids) => {
      if (ids.length === 0) return []
      const rows = await versions(db, project, undefined).where('dataset_item_versions.id', 'in', ids).execute()
      return rows.map(fromItemRow)
    },
    list: async (project, question) => mapPage(await selectPage(listed(db, project, question), question), fromItemRow),
    activeIds: (project, datasetIds) => findActiveIds(db, project, datasetIds),
    remove: (project, id) => db.transaction().execute((tx) => removeItem(tx, { project, id, at: deps.now() })),
  }
}

function versions(db: CatalogDb, project: ProjectId, at: number | undefined) {
  const rows = db
    .selectFrom('dataset_item_versions')
    .innerJoin('datasets', 'datasets.id', 'dataset_item_versions.dataset_id')
    .selectAll('dataset_item_versions')
    .select('datasets.name as dataset_name')
    .where('dataset_item_versions.project_id', '=', project)
  if (at === undefined) return rows.where('valid_to', 'is', null)
  return rows.where('valid_from', '<=', at).where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', at)]))
}

function listed(db: CatalogDb, project: ProjectId, question: DatasetItemsQuestion) {
  const { datasetId, sourceTraceId, sourceObservationId, at } = question
  let rows = versions(db, project, at).where('status', '=', 'ACTIVE')
  if (datasetId !== undefined) rows = rows.where('dataset_id', '=', datasetId)
  if (sourceTraceId !== undefined) rows = rows.where('source_trace_id', '=', sourceTraceId)
  if (sourceObservationId !== undefined) rows = rows.where('source_observation_id', '=', sourceObservationId)
  return rows.orderBy('valid_from', 'desc').orderBy('dataset_item_versions.id')
}

async function findActiveIds(
  db: CatalogDb,
  project: ProjectId,
  datasetIds: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  if (datasetIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('dataset_item_versions')
    .select(['id', 'dataset_id'])
    .where('project_id', '=', project)
    .where('dataset_id', 'in', datasetIds)
    .where('valid_to', 'is', null)
    .where('status', '=', 'ACTIVE')
    .orderBy('valid_from', 'desc')
    .execute()
  const groups = groupBy(rows, (row) => row.dataset_id)
  return new Map([...groups].map(([id, items]) => [id, items.map((item) => item.id)]))
}

type Tx = Transaction<CatalogTables>

async function upsertItem(deps: DatasetItemDeps, project: ProjectId, write: DatasetItemWrite): Promise<DatasetItem> {
  const { db, checks, now } = deps
  return await db.transaction().execute(async (tx) => {
    const dataset = await takeInstant(tx, { project, at: now(), name: write.datasetName })
    if (!dataset) throw new AppError('not_found', 'Dataset not found')
    const current = write.id === undefined ? undefined : await currentRow(tx, project, write.id)
    if (current && current.dataset_id !== dataset.id) throw idIsTaken(current.id)
    const row = nextRow(dataset, write, current)
    const schemas = {
      inputSchema: dataset.input_schema ?? undefined,
      expectedOutputSchema: dataset.expected_output_schema ?? undefined,
    }
    const faults = checks.faults(schemas, contentOf(row))
    if (faults.length > 0) throw new AppError('bad_request', `Dataset item validation failed: ${faults.join('; ')}`)
    if (current) await endVersion(tx, current, row.valid_from)
    await insertVersion(tx, row)
    return fromItemRow({ ...row, dataset_name: dataset.name })
  })
}

const idIsTaken = (id: string) => new AppError('conflict', `Dataset item id ${id} is already used in another dataset`)

type DatasetRow = Selectable<CatalogTables['datasets']>

/** Takes the next instant of a dataset; nobody else writes in it until the transaction ends. */
async function takeInstant(
  tx: Tx,
  of: { readonly project: ProjectId; readonly at: number; readonly name?: string; readonly id?: string },
): Promise<DatasetRow | undefined> {
  const at = sql<number>`cast(${of.at} as bigint)`
  const column = of.id === undefined ? 'name' : 'id'
  return await tx
    .updateTable('datasets')
    .set({ last_write_at: sql`case when last_write_at >= ${at} then last_write_at + 1 else ${at} end` })
    .where('project_id', '=', of.project)
    .where(column, '=', of.id ?? of.name ?? '')
    .returningAll()
    .executeTakeFirst()
}

const currentRow = (tx: Tx, project: ProjectId, id: string) =>
  tx
    .selectFrom('dataset_item_versions')
    .selectAll()
    .where('project_id', '=', project)
    .where('id', '=', id)
    .where('valid_to', 'is', null)
    .executeTakeFirst()

function nextRow(dataset: DatasetRow, write: DatasetItemWrite, current: DatasetItemRow | undefined): DatasetItemRow {
  return {
    dataset_id: dataset.id,
    valid_from: dataset.last_write_at,
    valid_to: null,
    project_id: dataset.project_id,
    id: write.id ?? randomUUID(),
    status: write.status ?? current?.status ?? 'ACTIVE',
    input: write.input ?? current?.input ?? null,
    expected_output: write.expectedOutput ?? current?.expected_output ?? null,
    metadata: write.metadata ?? current?.metadata ?? null,
    source_trace_id: write.sourceTraceId ?? current?.source_trace_id ?? null,
    source_observation_id: write.sourceObservationId ?? current?.source_observation_id ?? null,
  }
}

const endVersion = (tx: Tx, { dataset_id, valid_from }: DatasetItemRow, at: number) =>
  tx
    .updateTable('dataset_item_versions')
    .set({ valid_to: at })
    .where('dataset_id', '=', dataset_id)
    .where('valid_from', '=', valid_from)
    .execute()

/** Two datasets may be given one id at the same time; the second to be written loses. */
async function insertVersion(tx: Tx, row: DatasetItemRow): Promise<void> {
  const insert = tx.insertInto('dataset_item_versions').values(row)
  const current = insert.onConflict((conflict) =>
    conflict.columns(['project_id', 'id']).where('valid_to', 'is', null).doNothing(),
  )
  const { numInsertedOrUpdatedRows = 0n } = await current.executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) throw idIsTaken(row.id)
  await keepMediaNames(tx, row)
}

async function removeItem(
  tx: Tx,
  { project, id, at }: { readonly project: ProjectId; readonly id: string; readonly at: number },
): Promise<boolean> {
  const found = await currentRow(tx, project, id)
  if (!found) return false
  const dataset = await takeInstant(tx, { project, at, id: found.dataset_id })
  // Only now are writers shut out: what stood before may have been replaced.
  const current = await currentRow(tx, project, id)
  if (!dataset || !current) return false
  await endVersion(tx, current, dataset.last_write_at)
  return true
}
