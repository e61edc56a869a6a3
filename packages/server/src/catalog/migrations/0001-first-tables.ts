import type { Kysely, Migration } from 'kysely'

/** Projects and their keys, prices, score configs, idempotency keys. */
export const firstTables: Migration = {
  async up(db) {
    await createTenancy(db)
    await createApiKeys(db)
    await createModels(db)
    await createScoreConfigs(db)
    await createIdempotencyKeys(db)
  },
}

type Db = Kysely<unknown>

async function createTenancy(db: Db): Promise<void> {
  await db.schema
    .createTable('settings')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('organizations')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('projects')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('metadata', 'text', (c) => c.notNull())
    .addColumn('retention_days', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
}

async function createApiKeys(db: Db): Promise<void> {
  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('public_key', 'text', (c) => c.notNull().unique())
    .addColumn('secret_hash', 'text', (c) => c.notNull().unique())
    .addColumn('display_secret', 'text', (c) => c.notNull())
    .addColumn('note', 'text')
    .addColumn('is_configured', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .execute()
  await db.schema.createIndex('api_keys_by_project').on('api_keys').column('project_id').execute()
}

async function createModels(db: Db): Promise<void> {
  await db.schema
    .createTable('models')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('model_name', 'text', (c) => c.notNull())
    .addColumn('match_pattern', 'text', (c) => c.notNull())
    .addColumn('start_date', 'bigint')
    .addColumn('unit', 'text')
    .addColumn('tokenizer_id', 'text')
    .addColumn('tokenizer_config', 'text')
    .addColumn('tiers', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('models_by_project').on('models').columns(['project_id', 'model_name']).execute()
}

async function createScoreConfigs(db: Db): Promise<void> {
  await db.schema
    .createTable('score_configs')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('data_type', 'text', (c) => c.notNull())
    .addColumn('is_archived', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('min_value', 'double precision')
    .addColumn('max_value', 'double precision')
    .addColumn('categories', 'text')
    .addColumn('description', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('score_configs_by_project')
    .on('score_configs')
    .columns(['project_id', 'created_at'])
    .execute()
}

async function createIdempotencyKeys(db: Db): Promise<void> {
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('idempotency_keys_by_time').on('idempotency_keys').column('received_at').execute()
}
