import type { Kysely, Migration } from 'kysely'

/** Comments, annotation queues with their items and assignments, connections to LLM providers, feedback. */
export const annotation: Migration = {
  async up(db) {
    await createComments(db)
    await createQueues(db)
    await createQueueItems(db)
    await createQueueAssignments(db)
    await createLlmConnections(db)
    await createFeedback(db)
  },
}

type Db = Kysely<unknown>

async function createComments(db: Db): Promise<void> {
  await db.schema
    .createTable('comments')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('object_type', 'text', (c) => c.notNull())
    .addColumn('object_id', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('author_user_id', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('comments_by_project').on('comments').columns(['project_id', 'created_at']).execute()
}

async function createQueues(db: Db): Promise<void> {
  await db.schema
    .createTable('annotation_queues')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text')
    .addColumn('score_config_ids', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('annotation_queues_name', ['project_id', 'name'])
    .execute()
}

async function createQueueItems(db: Db): Promise<void> {
  await db.schema
    .createTable('annotation_queue_items')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('queue_id', 'text', (c) => c.notNull().references('annotation_queues.id').onDelete('cascade'))
    .addColumn('object_id', 'text', (c) => c.notNull())
    .addColumn('object_type', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('completed_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('annotation_queue_items_by_queue')
    .on('annotation_queue_items')
    .columns(['queue_id', 'created_at'])
    .execute()
}

async function createQueueAssignments(db: Db): Promise<void> {
  await db.schema
    .createTable('annotation_queue_assignments')
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('queue_id', 'text', (c) => c.notNull().references('annotation_queues.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('annotation_queue_assignments_key', ['queue_id', 'user_id'])
    .execute()
}

async function createLlmConnections(db: Db): Promise<void> {
  await db.schema
    .createTable('llm_connections')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('adapter', 'text', (c) => c.notNull())
    .addColumn('sealed_secret', 'text', (c) => c.notNull())
    .addColumn('display_secret', 'text', (c) => c.notNull())
    .addColumn('base_url', 'text')
    .addColumn('custom_models', 'text', (c) => c.notNull())
    .addColumn('with_default_models', 'bigint', (c) => c.notNull())
    .addColumn('sealed_headers', 'text')
    .addColumn('header_names', 'text', (c) => c.notNull())
    .addColumn('config', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('llm_connections_provider', ['project_id', 'provider'])
    .execute()
}

async function createFeedback(db: Db): Promise<void> {
  await db.schema
    .createTable('feedback')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('target_type', 'text', (c) => c.notNull())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('feedback', 'text', (c) => c.notNull())
    .addColumn('goal', 'text')
    .addColumn('reference_url', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
}
