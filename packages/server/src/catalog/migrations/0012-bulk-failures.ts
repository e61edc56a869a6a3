import type { Migration } from 'kysely'

/** Work on many records that fails in passing is tried again later and later, and a bounded number of times. */
export const bulkFailures: Migration = {
  async up(db) {
    await db.schema
      .alterTable('bulk_jobs')
      .addColumn('failures', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute()
    await db.schema.alterTable('bulk_jobs').addColumn('retry_at', 'bigint').execute()
  },
}
