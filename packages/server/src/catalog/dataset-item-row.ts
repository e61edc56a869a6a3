import type { Selectable } from 'kysely'
import { DATASET_ITEM_STATUSES, type DatasetItem, type DatasetItemContent } from '#domain/dataset.ts'
import { projectId } from '#domain/ids.ts'
import type { CatalogTables } from './database.ts'

export type DatasetItemRow = Selectable<CatalogTables['dataset_item_versions']>

export function fromItemRow(row: DatasetItemRow & { readonly dataset_name: string }): DatasetItem {
  return {
    ...contentOf(row),
    id: row.id,
    projectId: projectId(row.project_id),
    datasetId: row.dataset_id,
    datasetName: row.dataset_name,
    status: DATASET_ITEM_STATUSES.find((status) => status === row.status) ?? 'ACTIVE',
    sourceTraceId: row.source_trace_id ?? undefined,
    sourceObservationId: row.source_observation_id ?? undefined,
    validFrom: row.valid_from,
  }
}

type ContentRow = Pick<DatasetItemRow, 'input' | 'expected_output' | 'metadata'>

export const contentOf = ({ input, expected_output, metadata }: ContentRow): DatasetItemContent => ({
  input: input ?? undefined,
  expectedOutput: expected_output ?? undefined,
  metadata: metadata ?? undefined,
})
