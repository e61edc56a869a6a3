import { type Kysely, type Migration, sql } from 'kysely'

/** Datasets, the versions of their items, runs and what was done in them. */
export const datasets: Migration = {
  async up(db) {
    await createDatasets(db)
    await createItemVersions(db)
    await createRuns(db)
    await createRunItems(db)
    await createRemovedRuns(db)
  },
}

type Db = Kysely<unknown>

async function createDatasets(db: Db): Promise<void> {
  await db.schema
    .createTable('datasets')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text')
    .addColumn('metadata', 'text')
    .addColumn('input_schema', 'text')
    .addColumn('expected_output_schema', 'text')
    .addColumn('last_write_at', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('datasets_by_name', ['project_id', 'name'])
    .execute()
}

async function createItemVersions(db: Db): Promise<void> {
  await db.schema
    .createTable('dataset_item_versions')
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('datasets.id').onDelete('cascade'))
    .addColumn('valid_from', 'bigint', (c) => c.notNull())
    .addColumn('valid_to', 'bigint')
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('input', 'text')
    .addColumn('expected_output', 'text')
    .addColumn('metadata', 'text')
    .addColumn('source_trace_id', 'text')
    .addColumn('source_observation_id', 'text')
    .addPrimaryKeyConstraint('dataset_item_versions_key', ['dataset_id', 'valid_from'])
    .execute()
  // Of an id only one version is current, in whichever dataset.
  await db.schema
    .createIndex('dataset_items_current')
    .unique()
    .on('dataset_item_versions')
    .columns(['project_id', 'id'])
    .where(sql.ref('valid_to'), 'is', null)
    .execute()
  await db.schema
    .createIndex('dataset_item_versions_by_id')
    .on('dataset_item_versions')
    .columns(['project_id', 'id', 'valid_from'])
    .execute()
  await db.schema
    .createIndex('dataset_item_versions_by_time')
    .on('dataset_item_versions')
    .columns(['project_id', 'valid_from'])
    .execute()
}

async function createRuns(db: Db): Promise<void> {
  await db.schema
    .createTable('dataset_runs')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('datasets.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text')
    .addColumn('metadata', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('dataset_runs_by_dataset')
    .on('dataset_runs')
    .columns(['project_id', 'dataset_id', 'created_at'])
    .execute()
}

async function createRunItems(db: Db): Promise<void> {
  await db.schema
    .createTable('dataset_run_items')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addColumn('run_id', 'text', (c) => c.notNull().references('dataset_runs.id').onDelete('cascade'))
    .addColumn('item_id', 'text', (c) => c.notNull())
    .addColumn('trace_id', 'text', (c) => c.notNull())
    .addColumn('observation_id', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('dataset_run_items_by_run')
    .on('dataset_run_items')
    .columns(['run_id', 'created_at'])
    .execute()
  await db.schema
    .createIndex('dataset_run_items_by_time')
    .on('dataset_run_items')
    .columns(['project_id', 'created_at'])
    .execute()
}

/** A run that only spans tell of is removed by hiding the spans that had arrived by then. */
async function createRemovedRuns(db: Db): Promise<void> {
  await db.schema
    .createTable('removed_dataset_runs')
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('removed_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('removed_dataset_runs_key', ['project_id', 'run_id'])
    .execute()
}
