import type {
  DatasetDto,
  DatasetItemDto,
  DatasetItemMediaReferenceDto,
  DatasetRunDto,
  DatasetRunItemDto,
} from '@xtrace/contract'
import {
  DATASET_ITEM_FIELDS,
  type Dataset,
  type DatasetItem,
  type DatasetRun,
  type DatasetRunItem,
} from '#domain/dataset.ts'
import { mediaReferences } from '#domain/media-references.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { isoFromMs } from './page-dto.ts'

/** JSON text as it is; null for none. */
export const jsonOf = (text: string | undefined): JsonText | null => (text === undefined ? null : new JsonText(text))

export function toDatasetDto(dataset: Dataset): DatasetDto {
  return {
    id: dataset.id,
    name: dataset.name,
    description: dataset.description ?? null,
    metadata: jsonOf(dataset.metadata),
    inputSchema: jsonOf(dataset.inputSchema),
    expectedOutputSchema: jsonOf(dataset.expectedOutputSchema),
    projectId: dataset.projectId,
    createdAt: isoFromMs(dataset.createdAt),
    updatedAt: isoFromMs(dataset.updatedAt),
  }
}

export type MediaDto = DatasetItemMediaReferenceDto['media']

/** `media` holds what can be had of the media that the item refers to; other references are left out. */
export function toDatasetItemDto(item: DatasetItem, media: ReadonlyMap<string, MediaDto>): DatasetItemDto {
  const validFrom = isoFromMs(item.validFrom)
  return {
    id: item.id,
    status: item.status,
    input: jsonOf(item.input),
    expectedOutput: jsonOf(item.expectedOutput),
    metadata: jsonOf(item.metadata),
    sourceTraceId: item.sourceTraceId ?? null,
    sourceObservationId: item.sourceObservationId ?? null,
    datasetId: item.datasetId,
    datasetName: item.datasetName,
    createdAt: validFrom,
    updatedAt: validFrom,
    version: validFrom,
    mediaReferences: DATASET_ITEM_FIELDS.flatMap((field) =>
      mediaReferences(item[field]).flatMap(({ mediaId, text, jsonPath }) => {
        const found = media.get(mediaId)
        return found ? [{ field, referenceString: text, jsonPath, media: found }] : []
      }),
    ),
  }
}

export function toDatasetRunDto(run: DatasetRun, datasetName: string): DatasetRunDto {
  return {
    id: run.id,
    name: run.name,
    description: run.description ?? null,
    metadata: jsonOf(run.metadata),
    datasetId: run.datasetId,
    datasetName,
    createdAt: isoFromMs(run.createdAt),
    updatedAt: isoFromMs(run.updatedAt),
  }
}

export function toDatasetRunItemDto(item: DatasetRunItem): DatasetRunItemDto {
  return {
    id: item.id,
    datasetRunId: item.runId,
    datasetRunName: item.runName,
    datasetItemId: item.itemId,
    traceId: item.traceId,
    observationId: item.observationId ?? null,
    createdAt: isoFromMs(item.createdAt),
    updatedAt: isoFromMs(item.updatedAt),
  }
}
