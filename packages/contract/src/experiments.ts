/** Experiments, made by spans or by dataset-run-items (public-api contract §11, §26.1). */
import { z } from 'zod'
import { Instant, Json } from './fields.ts'
import { OBSERVATION_LEVEL_NAMES } from './observations.ts'
import { CursorMeta, csvParam, instantParam, intParam, requiredInstantParam, textParam } from './query-params.ts'
import { ScoreV3Dto } from './scores-read.ts'

const groupsParam = (known: readonly string[]) =>
  csvParam.refine(
    (groups) => (groups ?? []).every((group) => known.includes(group)),
    `Unknown field group; there are ${known.join(', ')}`,
  )

/** `fromStartTime` (inclusive) must be there; `toStartTime` is exclusive. */
const page = {
  limit: intParam({ min: 1, max: 100, default: 50 }),
  scoreLimit: intParam({ min: 1, max: 50, default: 50 }),
  cursor: textParam,
  fromStartTime: requiredInstantParam,
  toStartTime: instantParam,
  filter: textParam,
}

export const EXPERIMENT_FIELDS = ['core', 'metadata', 'scores'] as const

export const ExperimentsQuery = z.object({
  ...page,
  fields: groupsParam(EXPERIMENT_FIELDS),
  id: csvParam,
  name: csvParam,
  datasetId: csvParam,
})
export type ExperimentsQuery = z.output<typeof ExperimentsQuery>

export const EXPERIMENT_ITEM_FIELDS = [
  'core',
  'dataset',
  'io',
  'metadata',
  'itemMetadata',
  'experimentMetadata',
  'scores',
] as const

export const ExperimentItemsQuery = z.object({
  ...page,
  fields: groupsParam(EXPERIMENT_ITEM_FIELDS),
  experimentId: csvParam,
  experimentName: csvParam,
  experimentItemId: csvParam,
  datasetId: csvParam,
})
export type ExperimentItemsQuery = z.output<typeof ExperimentItemsQuery>

const nullableText = z.string().nullable()

/** What lies outside the window asked for is not counted: times and items are those within. */
export const ExperimentDto = z
  .object({
    id: z.string(),
    name: z.string(),
    description: nullableText,
    startTime: Instant,
    endTime: Instant,
    itemCount: z.int(),
    datasetId: nullableText,
    metadata: Json.optional(),
    scores: z.array(ScoreV3Dto).optional(),
  })
  .meta({ id: 'Experiment' })
export type ExperimentDto = z.infer<typeof ExperimentDto>

export const ExperimentsDto = z.object({ data: z.array(ExperimentDto), meta: CursorMeta })
export type ExperimentsDto = z.infer<typeof ExperimentsDto>

export const ExperimentItemDto = z
  .object({
    id: z.string(),
    traceId: z.string(),
    startTime: Instant,
    endTime: Instant.nullable(),
    level: z.enum(OBSERVATION_LEVEL_NAMES),
    environment: z.string(),
    experimentId: z.string(),
    experimentName: z.string(),
    experimentItemId: z.string(),
    experimentDatasetId: nullableText.optional(),
    experimentItemVersion: nullableText.optional(),
    input: Json.optional(),
    output: Json.optional(),
    expectedOutput: Json.optional(),
    metadata: Json.optional(),
    experimentItemMetadata: Json.optional(),
    experimentMetadata: Json.optional(),
    experimentDescription: nullableText.optional(),
    scores: z.array(ScoreV3Dto).optional(),
  })
  .meta({ id: 'ExperimentItem' })
export type ExperimentItemDto = z.infer<typeof ExperimentItemDto>

export const ExperimentItemsDto = z.object({ data: z.array(ExperimentItemDto), meta: CursorMeta })
export type ExperimentItemsDto = z.infer<typeof ExperimentItemsDto>
