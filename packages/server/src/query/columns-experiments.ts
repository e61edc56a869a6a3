import { sql } from '#store/sql.ts'
import { type Column, own } from './filter-column.ts'

/** What experiments can be filtered by (public-api contract §26.1). */
export const EXPERIMENT_COLUMNS: readonly Column[] = [
  own('id', 'string', sql`experiment_id`),
  own('name', 'string', sql`experiment_name`),
  own('datasetId', 'string', sql`experiment_dataset_id`),
]

/** What the items of experiments can be filtered by. */
export const EXPERIMENT_ITEM_COLUMNS: readonly Column[] = [
  own('experimentId', 'string', sql`experiment_id`),
  own('experimentName', 'string', sql`experiment_name`),
  own('experimentItemId', 'string', sql`experiment_item_id`),
  own('datasetId experimentDatasetId', 'string', sql`experiment_dataset_id`),
]
