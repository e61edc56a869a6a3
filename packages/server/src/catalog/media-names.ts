/**
 * Which media the texts of dataset items name: items copied from traces bring such references along. Kept as items are
 * written, of all their versions, so that who deletes media need not read those texts.
 */
import type { CatalogDb } from './database.ts'
import type { DatasetItemRow } from './dataset-item-row.ts'

type NamingRow = Pick<DatasetItemRow, 'dataset_id' | 'project_id' | 'input' | 'expected_output' | 'metadata'>

/** An id of media, as `mediaIdOf` makes them. */
const NAMED_ID = /@@@langfuseMedia:[^@]*?\bid=([\w-]{22})(?![\w-])/g
/** A statement takes only so many values. */
const NAMES_AT_ONCE = 1000

export async function keepMediaNames(db: CatalogDb, row: NamingRow): Promise<void> {
  const { dataset_id, project_id } = row
  const ids = namedMedia(row)
  for (let from = 0; from < ids.length; from += NAMES_AT_ONCE) {
    const values = ids.slice(from, from + NAMES_AT_ONCE).map((media_id) => ({ dataset_id, project_id, media_id }))
    const insert = db.insertInto('dataset_item_media').values(values)
    await insert.onConflict((conflict) => conflict.columns(['dataset_id', 'media_id']).doNothing()).execute()
  }
}

function namedMedia({ input, expected_output, metadata }: NamingRow): string[] {
  const texts = [input, expected_output, metadata]
  return [...new Set(texts.flatMap((text) => [...(text ?? '').matchAll(NAMED_ID)].flatMap((match) => match[1] ?? [])))]
}
