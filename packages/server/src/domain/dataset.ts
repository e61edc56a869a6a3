/** Datasets, their items as they stood at an instant, and the runs over them (public-api contract §10). */
import { createHash } from 'node:crypto'
import type { ProjectId } from './ids.ts'

/** JSON fields are JSON text, undefined for null. Instants are milliseconds since the epoch. */
export interface Dataset {
  readonly id: string
  readonly projectId: ProjectId
  /** Unique in the project; slashes make folders. */
  readonly name: string
  readonly description: string | undefined
  readonly metadata: string | undefined
  /** JSON Schema that every item's input fits. */
  readonly inputSchema: string | undefined
  readonly expectedOutputSchema: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

export const DATASET_ITEM_STATUSES = ['ACTIVE', 'ARCHIVED'] as const
export type DatasetItemStatus = (typeof DATASET_ITEM_STATUSES)[number]

/** What of an item is compared, kept and shown: JSON text, undefined for null. */
export interface DatasetItemContent {
  readonly input: string | undefined
  readonly expectedOutput: string | undefined
  readonly metadata: string | undefined
}

export const DATASET_ITEM_FIELDS = [
  'input',
  'expectedOutput',
  'metadata',
] as const satisfies readonly (keyof DatasetItemContent)[]

/** One version of an item: each write makes a new one. */
export interface DatasetItem extends DatasetItemContent {
  readonly id: string
  readonly projectId: ProjectId
  readonly datasetId: string
  readonly datasetName: string
  readonly status: DatasetItemStatus
  readonly sourceTraceId: string | undefined
  readonly sourceObservationId: string | undefined
  /** When this version became current, in milliseconds since the epoch; unique in the dataset. */
  readonly validFrom: number
}

/** One pass over a dataset under a name. */
export interface DatasetRun {
  readonly id: string
  readonly projectId: ProjectId
  readonly datasetId: string
  readonly name: string
  readonly description: string | undefined
  readonly metadata: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

/** What was done for one item in a run. */
export interface DatasetRunItem {
  readonly id: string
  readonly runId: string
  readonly runName: string
  readonly datasetId: string
  readonly itemId: string
  readonly traceId: string
  readonly observationId: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

/**
 * The id of a run, which clients that register nothing compute too: the first 16 hex digits of the
 * SHA-256 of a compact JSON array (langfuse-ingestion contract §10.4).
 */
export function datasetRunId(projectId: ProjectId, datasetId: string, runName: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['langfuse-experiment-v1', projectId, datasetId, runName]))
    .digest('hex')
    .slice(0, 16)
}
