import type { Migration } from 'kysely'

/** Hosts whose pictures the web interface loads for a project, as a JSON list. */
export const imageHosts: Migration = {
  async up(db) {
    await db.schema
      .alterTable('projects')
      .addColumn('image_hosts', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute()
  },
}
