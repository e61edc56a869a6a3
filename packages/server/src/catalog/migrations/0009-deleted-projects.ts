import type { Migration } from 'kysely'

/** Projects that are gone, whose records in the store are still to be removed, or may yet come out of a log. */
export const deletedProjects: Migration = {
  async up(db) {
    await db.schema
      .createTable('deleted_projects')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('deleted_at', 'bigint', (c) => c.notNull())
      .execute()
  },
}
