import { type Migration, sql } from 'kysely'
import type { CatalogDb } from '#catalog/database.ts'
import { keepMediaNames } from '#catalog/media-names.ts'

/** What media the texts of dataset items name, and the uses of media by media. */
export const mediaNames: Migration = {
  async up(db) {
    await db.schema
      .createTable('dataset_item_media')
      .addColumn('dataset_id', 'text', (c) => c.notNull().references('datasets.id').onDelete('cascade'))
      .addColumn('project_id', 'text', (c) => c.notNull())
      .addColumn('media_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('dataset_item_media_key', ['dataset_id', 'media_id'])
      .execute()
    await db.schema
      .createIndex('dataset_item_media_by_media')
      .on('dataset_item_media')
      .columns(['project_id', 'media_id'])
      .execute()
    await db.schema.createIndex('media_links_by_media').on('media_links').columns(['project_id', 'media_id']).execute()
    await keepNames(db)
  },
}

/** Rows that are held at once. */
const PAGE = 100

async function keepNames(db: CatalogDb): Promise<void> {
  let after = { dataset_id: '', valid_from: 0 }
  for (;;) {
    const rows = await db
      .selectFrom('dataset_item_versions')
      .select(['dataset_id', 'valid_from', 'project_id', 'input', 'expected_output', 'metadata'])
      .where(sql<boolean>`(dataset_id, valid_from) > (${after.dataset_id}, cast(${after.valid_from} as bigint))`)
      .orderBy('dataset_id')
      .orderBy('valid_from')
      .limit(PAGE)
      .execute()
    for (const row of rows) await keepMediaNames(db, row)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last
  }
}
