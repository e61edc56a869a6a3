import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Dataset } from '#domain/dataset.ts'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { defined } from '#lib/defined.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import type { DatasetChecks, DatasetSchemas } from './dataset-checks.ts'
import { contentOf } from './dataset-item-row.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

/** What a client says of a dataset. Undefined keeps what is there, null takes a schema away; JSON as text. */
export interface DatasetWrite {
  readonly name: string
  readonly description?: string | undefined
  readonly metadata?: string | undefined
  readonly inputSchema?: string | null | undefined
  readonly expectedOutputSchema?: string | null | undefined
}

export interface Datasets {
  /**
   * Makes the dataset of this name, or changes it.
   * @throws AppError `bad_request` for a schema that is none or that items break, `conflict` when items
   *   keep being written while they are checked
   */
  upsert(projectId: ProjectId, write: DatasetWrite): Promise<Dataset>
  /** The dataset with the first of the names that there is. */
  byName(projectId: ProjectId, ...names: readonly string[]): Promise<Dataset | undefined>
  byId(projectId: ProjectId, id: string): Promise<Dataset | undefined>
  /** Newest first. */
  list(projectId: ProjectId, page: PageRequest): Promise<Page<Dataset>>
}

interface DatasetDeps {
  readonly db: CatalogDb
  readonly checks: DatasetChecks
  readonly now: () => number
}

export function createDatasets(deps: DatasetDeps): Datasets {
  const ofProject = (project: ProjectId) => deps.db.selectFrom('datasets').selectAll().where('project_id', '=', project)
  return {
    upsert: (project, write) => upsertDataset(deps, project, write),
    byName: async (project, ...names) => {
      const rows = await ofProject(project).where('name', 'in', names).execute()
      const row = names.map((name) => rows.find((candidate) => candidate.name === name)).find((found) => found)
      return row && fromRow(row)
    },
    byId: async (project, id) => {
      const row = await ofProject(project).where('id', '=', id).executeTakeFirst()
      return row && fromRow(row)
    },
    list: async (project, page) =>
      mapPage(await selectPage(ofProject(project).orderBy('created_at', 'desc').orderBy('id'), page), fromRow),
  }
}

type DatasetRow = Selectable<CatalogTables['datasets']>

const ATTEMPTS = 5

async function upsertDataset(deps: DatasetDeps, project: ProjectId, write: DatasetWrite): Promise<Dataset> {
  const { db, checks, now } = deps
  checks.refuseBroken({
    inputSchema: write.inputSchema ?? undefined,
    expectedOutputSchema: write.expectedOutputSchema ?? undefined,
  })
  const insert = db.insertInto('datasets').values(newRow(project, write, now()))
  const made = await insert
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (made) return fromRow(made)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const changed = await changeDataset(deps, project, write)
    if (changed) return fromRow(changed)
  }
  throw new AppError('conflict', `Items of dataset "${write.name}" are being written; try again`)
}

function newRow(project: ProjectId, write: DatasetWrite, at: number): DatasetRow {
  return {
    id: randomUUID(),
    project_id: project,
    name: write.name,
    description: write.description ?? null,
    metadata: write.metadata ?? null,
    input_schema: write.inputSchema ?? null,
    expected_output_schema: write.expectedOutputSchema ?? null,
    last_write_at: 0,
    created_at: at,
    updated_at: at,
  }
}

/** Changes the dataset unless an item was written since its items were checked; undefined then. */
async function changeDataset(
  { db, checks, now }: DatasetDeps,
  project: ProjectId,
  write: DatasetWrite,
): Promise<DatasetRow | undefined> {
  const own = db.selectFrom('datasets').selectAll().where('project_id', '=', project).where('name', '=', write.name)
  const row = await own.executeTakeFirst()
  if (!row) return undefined
  const changes = defined({
    description: write.description,
    metadata: write.metadata,
    input_schema: write.inputSchema,
    expected_output_schema: write.expectedOutputSchema,
    updated_at: now(),
  })
  const wanted = fromRow({ ...row, ...changes })
  if (write.inputSchema || write.expectedOutputSchema) await refuseMisfits({ db, checks }, wanted)
  return await db
    .updateTable('datasets')
    .set(changes)
    .where('id', '=', row.id)
    .where('last_write_at', '=', row.last_write_at)
    .returningAll()
    .executeTakeFirst()
}

const CHECKED_AT_ONCE = 200
const SHOWN_MISFITS = 10

/** Reads a bounded number of items at a time, so that other requests get their turn between. */
async function refuseMisfits(deps: Pick<DatasetDeps, 'db' | 'checks'>, dataset: Dataset): Promise<void> {
  const misfits: string[] = []
  let seen = -1
  for (let isMore = true; isMore && misfits.length < SHOWN_MISFITS; ) {
    const rows = await itemsAfter(deps.db, dataset, seen)
    misfits.push(...rows.flatMap((row) => misfitOf(deps.checks, dataset, row)))
    seen = rows.at(-1)?.valid_from ?? seen
    isMore = rows.length === CHECKED_AT_ONCE
  }
  if (misfits.length > 0)
    throw new AppError(
      'bad_request',
      `Existing items of the dataset do not fit the schema: ${misfits.slice(0, SHOWN_MISFITS).join('; ')}`,
    )
}

const itemsAfter = (db: CatalogDb, { id, projectId: project }: Dataset, validFrom: number) =>
  db
    .selectFrom('dataset_item_versions')
    .select(['id', 'valid_from', 'input', 'expected_output', 'metadata'])
    .where('project_id', '=', project)
    .where('dataset_id', '=', id)
    .where('valid_to', 'is', null)
    .where('valid_from', '>', validFrom)
    .orderBy('valid_from')
    .limit(CHECKED_AT_ONCE)
    .execute()

type ItemContentRow = Awaited<ReturnType<typeof itemsAfter>>[number]

function misfitOf(checks: DatasetChecks, schemas: DatasetSchemas, row: ItemContentRow): string[] {
  const faults = checks.faults(schemas, contentOf(row))
  return faults.length === 0 ? [] : [`item ${row.id}: ${faults.join(', ')}`]
}

function fromRow(row: DatasetRow): Dataset {
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    name: row.name,
    description: row.description ?? undefined,
    metadata: row.metadata ?? undefined,
    inputSchema: row.input_schema ?? undefined,
    expectedOutputSchema: row.expected_output_schema ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
