/** Datasets, their items, runs over them (public-api contract §10). */
import { z } from 'zod'
import { Id, Instant, Json, storable } from './fields.ts'
import { instantParam, intParam, PageMeta, pageParams, requiredTextParam, textParam } from './query-params.ts'

const nullableText = z.string().nullable()

const MAX_TEXT = 100_000
const MAX_ID = 800
const StorableId = Id.refine((text) => !text.includes('\0'), 'Must not contain NUL characters')

/** Upsert by name; what is absent stays, a schema that is null goes. */
export const CreateDatasetBody = z
  .object({
    name: storable(500).min(1),
    description: storable(MAX_TEXT).nullish(),
    metadata: Json.optional(),
    inputSchema: Json.optional().meta({ description: 'JSON Schema that the input of every item has to fit' }),
    expectedOutputSchema: Json.optional().meta({ description: 'The same for the expected output' }),
  })
  .meta({ id: 'CreateDatasetRequest' })
export type CreateDatasetBody = z.infer<typeof CreateDatasetBody>

export const DatasetDto = z
  .object({
    id: z.string(),
    name: z.string(),
    description: nullableText,
    metadata: Json,
    inputSchema: Json,
    expectedOutputSchema: Json,
    projectId: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Dataset' })
export type DatasetDto = z.infer<typeof DatasetDto>

export const DatasetsDto = z.object({ data: z.array(DatasetDto), meta: PageMeta })
export type DatasetsDto = z.infer<typeof DatasetsDto>

/** GET /v2/datasets and whatever else is paged without another parameter. */
export const DatasetsQuery = z.object(pageParams())
export type DatasetsQuery = z.output<typeof DatasetsQuery>

/** GET /datasets takes page 0 for the first one (public-api contract §1.5). */
export const DatasetsV1Query = z.object({
  ...pageParams(),
  page: intParam({ min: 0, max: 1_000_000_000, default: 1 }),
})
export type DatasetsV1Query = z.output<typeof DatasetsV1Query>

export const DATASET_ITEM_STATUS_NAMES = ['ACTIVE', 'ARCHIVED'] as const

/** Upsert by id; null is as good as absent, and what is absent stays. */
export const CreateDatasetItemBody = z
  .object({
    datasetName: z.string(),
    id: storable(255).min(1).nullish(),
    input: Json.optional(),
    expectedOutput: Json.optional(),
    metadata: Json.optional(),
    sourceTraceId: storable(MAX_ID).nullish(),
    sourceObservationId: storable(MAX_ID).nullish(),
    status: z.enum(DATASET_ITEM_STATUS_NAMES).nullish(),
  })
  .meta({ id: 'CreateDatasetItemRequest' })
export type CreateDatasetItemBody = z.infer<typeof CreateDatasetItemBody>

export const DatasetItemMediaReferenceDto = z
  .object({
    field: z.enum(['input', 'expectedOutput', 'metadata']),
    referenceString: z.string(),
    jsonPath: z.string(),
    media: z.object({
      mediaId: z.string(),
      contentType: z.string(),
      contentLength: z.int(),
      url: z.string(),
      urlExpiry: z.string(),
    }),
  })
  .meta({ id: 'DatasetItemMediaReference' })
export type DatasetItemMediaReferenceDto = z.infer<typeof DatasetItemMediaReferenceDto>

export const DatasetItemDto = z
  .object({
    id: z.string(),
    status: z.enum(DATASET_ITEM_STATUS_NAMES),
    input: Json,
    expectedOutput: Json,
    metadata: Json,
    sourceTraceId: nullableText,
    sourceObservationId: nullableText,
    datasetId: z.string(),
    datasetName: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
    version: Instant.meta({ description: 'When this version of the item became current' }),
    mediaReferences: z.array(DatasetItemMediaReferenceDto),
  })
  .meta({ id: 'DatasetItem' })
export type DatasetItemDto = z.infer<typeof DatasetItemDto>

export const DatasetItemsDto = z.object({ data: z.array(DatasetItemDto), meta: PageMeta })
export type DatasetItemsDto = z.infer<typeof DatasetItemsDto>

/** `version`: the items as they stood then; needs `datasetName`. */
export const DatasetItemsQuery = z
  .object({
    ...pageParams(),
    datasetName: textParam,
    sourceTraceId: textParam,
    sourceObservationId: textParam,
    version: instantParam,
  })
  .refine((query) => query.version === undefined || query.datasetName !== undefined, {
    path: ['version'],
    message: 'version needs datasetName',
  })
export type DatasetItemsQuery = z.output<typeof DatasetItemsQuery>

/** v1 lists a dataset with the ids of its items and the names of its runs. */
export const ListedDatasetV1Dto = DatasetDto.extend({ items: z.array(z.string()), runs: z.array(z.string()) }).meta({
  id: 'DatasetWithNames',
})
export const DatasetsV1Dto = z.object({ data: z.array(ListedDatasetV1Dto), meta: PageMeta })
export type DatasetsV1Dto = z.infer<typeof DatasetsV1Dto>

/** v1 shows one dataset with its whole items and the names of its runs. */
export const DatasetV1Dto = DatasetDto.extend({ items: z.array(DatasetItemDto), runs: z.array(z.string()) }).meta({
  id: 'DatasetWithItems',
})
export type DatasetV1Dto = z.infer<typeof DatasetV1Dto>

/** An unknown key is refused. */
export const CreateDatasetRunItemBody = z
  .strictObject({
    runName: storable(1000).min(1),
    runDescription: storable(MAX_TEXT).nullish(),
    metadata: Json.optional(),
    datasetItemId: z.string(),
    traceId: StorableId.nullish(),
    observationId: StorableId.nullish(),
    datasetVersion: Instant.nullish(),
    createdAt: Instant.nullish(),
  })
  .refine(({ traceId, observationId }) => traceId || observationId, {
    path: ['traceId'],
    message: 'traceId or observationId is required',
  })
  .meta({ id: 'CreateDatasetRunItemRequest' })
export type CreateDatasetRunItemBody = z.infer<typeof CreateDatasetRunItemBody>

export const DatasetRunItemDto = z
  .object({
    id: z.string(),
    datasetRunId: z.string(),
    datasetRunName: z.string(),
    datasetItemId: z.string(),
    traceId: z.string(),
    observationId: nullableText,
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'DatasetRunItem' })
export type DatasetRunItemDto = z.infer<typeof DatasetRunItemDto>

export const DatasetRunItemsQuery = z.object({
  ...pageParams(),
  datasetId: requiredTextParam,
  runName: requiredTextParam,
})
export type DatasetRunItemsQuery = z.output<typeof DatasetRunItemsQuery>

export const DatasetRunItemsDto = z.object({ data: z.array(DatasetRunItemDto), meta: PageMeta })
export type DatasetRunItemsDto = z.infer<typeof DatasetRunItemsDto>

export const DatasetRunDto = z
  .object({
    id: z.string(),
    name: z.string(),
    description: nullableText,
    metadata: Json,
    datasetId: z.string(),
    datasetName: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'DatasetRun' })
export type DatasetRunDto = z.infer<typeof DatasetRunDto>

export const DatasetRunsDto = z.object({ data: z.array(DatasetRunDto), meta: PageMeta })
export type DatasetRunsDto = z.infer<typeof DatasetRunsDto>

export const WholeDatasetRunDto = DatasetRunDto.extend({ datasetRunItems: z.array(DatasetRunItemDto) }).meta({
  id: 'DatasetRunWithItems',
})
export type WholeDatasetRunDto = z.infer<typeof WholeDatasetRunDto>
