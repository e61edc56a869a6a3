import type { Migration } from 'kysely'

/** Media, and where clients said that they are used. */
export const media: Migration = {
  async up(db) {
    await db.schema
      .createTable('media')
      .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('content_type', 'text', (c) => c.notNull())
      .addColumn('content_length', 'bigint', (c) => c.notNull())
      .addColumn('uploaded_at', 'bigint')
      .addColumn('failed_http_status', 'bigint')
      .addColumn('failed_message', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('media_key', ['project_id', 'id'])
      .execute()
    await db.schema
      .createTable('media_links')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
      .addColumn('media_id', 'text', (c) => c.notNull())
      .addColumn('trace_id', 'text')
      .addColumn('observation_id', 'text')
      .addColumn('dataset_id', 'text')
      .addColumn('dataset_item_id', 'text')
      .addColumn('field', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
  },
}
