import { z } from 'zod'
import { Instant, Json } from './fields.ts'
import {
  booleanParam,
  CursorMeta,
  csvParam,
  emptiableParam,
  instantParam,
  intParam,
  listParam,
  PageMeta,
  pageParams,
  textParam,
  wordParam,
} from './query-params.ts'

export const OBSERVATION_TYPE_NAMES = [
  'SPAN',
  'GENERATION',
  'EVENT',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
] as const
export const OBSERVATION_LEVEL_NAMES = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR'] as const

const common = {
  name: textParam,
  userId: textParam,
  level: wordParam(OBSERVATION_LEVEL_NAMES),
  traceId: textParam,
  version: textParam,
  environment: listParam,
  fromStartTime: instantParam,
  toStartTime: instantParam,
  filter: textParam,
}

/** GET /observations (public-api contract §5.1). */
export const ObservationsQuery = z.object({
  ...pageParams(),
  ...common,
  type: wordParam(OBSERVATION_TYPE_NAMES),
  parentObservationId: textParam,
})
export type ObservationsQuery = z.output<typeof ObservationsQuery>

/** GET /v2/observations (public-api contract §5.2, §26.1). An empty `parentObservationId` means: without a parent. */
export const ObservationsV2Query = z.object({
  ...common,
  limit: intParam({ min: 0, max: 1000, default: 50 }),
  cursor: textParam,
  fields: csvParam,
  expandMetadata: csvParam,
  parseIoAsJson: booleanParam.refine(
    (value) => value !== true,
    'parseIoAsJson is gone: input and output are always text',
  ),
  type: wordParam(OBSERVATION_TYPE_NAMES),
  sessionId: textParam,
  parentObservationId: emptiableParam,
  isRootObservation: booleanParam,
})
export type ObservationsV2Query = z.output<typeof ObservationsV2Query>

const numbers = z.record(z.string(), z.number())
const nullableText = z.string().nullable()
const nullableNumber = z.number().nullable()

/** An observation as v1 shows it; prices and costs in US dollars, times in seconds. */
export const ObservationDto = z
  .object({
    id: z.string(),
    projectId: z.string(),
    traceId: nullableText,
    parentObservationId: nullableText,
    type: z.enum(OBSERVATION_TYPE_NAMES),
    name: nullableText,
    environment: z.string(),
    startTime: Instant,
    endTime: Instant.nullable(),
    completionStartTime: Instant.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    version: nullableText,
    level: z.enum(OBSERVATION_LEVEL_NAMES),
    statusMessage: nullableText,
    input: Json,
    output: Json,
    metadata: Json,
    model: nullableText,
    modelParameters: Json,
    modelId: nullableText,
    promptId: nullableText,
    promptName: nullableText,
    promptVersion: z.int().nullable(),
    usageDetails: numbers,
    costDetails: numbers,
    usage: z.object({ unit: nullableText, input: z.number(), output: z.number(), total: z.number() }),
    unit: nullableText,
    promptTokens: z.number(),
    completionTokens: z.number(),
    totalTokens: z.number(),
    inputPrice: nullableNumber,
    outputPrice: nullableNumber,
    totalPrice: nullableNumber,
    calculatedInputCost: nullableNumber,
    calculatedOutputCost: nullableNumber,
    calculatedTotalCost: nullableNumber,
    usagePricingTierId: nullableText,
    usagePricingTierName: nullableText,
    latency: nullableNumber,
    timeToFirstToken: nullableNumber,
  })
  .meta({ id: 'Observation' })
export type ObservationDto = z.infer<typeof ObservationDto>

export const ObservationsDto = z.object({ data: z.array(ObservationDto), meta: PageMeta })
export type ObservationsDto = z.infer<typeof ObservationsDto>

/** An observation as v2 shows it: the core always, the rest by field group; prices are decimal text. */
export const ObservationV2Dto = z
  .object({
    id: z.string(),
    traceId: nullableText,
    startTime: Instant,
    endTime: Instant.nullable(),
    projectId: z.string(),
    parentObservationId: nullableText,
    type: z.enum(OBSERVATION_TYPE_NAMES),
    modelId: nullableText,
    inputPrice: nullableText,
    outputPrice: nullableText,
    totalPrice: nullableText,
    name: nullableText.optional(),
    level: z.enum(OBSERVATION_LEVEL_NAMES).optional(),
    statusMessage: nullableText.optional(),
    version: nullableText.optional(),
    environment: z.string().optional(),
    bookmarked: z.boolean().optional(),
    public: z.boolean().optional(),
    userId: nullableText.optional(),
    sessionId: nullableText.optional(),
    isRootObservation: z.boolean().optional(),
    completionStartTime: Instant.nullable().optional(),
    createdAt: Instant.optional(),
    updatedAt: Instant.optional(),
    input: nullableText.optional(),
    output: nullableText.optional(),
    metadata: Json.optional(),
    model: nullableText.optional(),
    providedModelName: nullableText.optional(),
    internalModelId: nullableText.optional(),
    modelParameters: Json.optional(),
    usageDetails: numbers.optional(),
    costDetails: numbers.optional(),
    totalCost: nullableNumber.optional(),
    usagePricingTierName: nullableText.optional(),
    promptId: nullableText.optional(),
    promptName: nullableText.optional(),
    promptVersion: z.int().nullable().optional(),
    latency: nullableNumber.optional(),
    timeToFirstToken: nullableNumber.optional(),
    tags: z.array(z.string()).optional(),
    release: nullableText.optional(),
    traceName: nullableText.optional(),
  })
  .meta({ id: 'ObservationV2' })
export type ObservationV2Dto = z.infer<typeof ObservationV2Dto>

export const ObservationsV2Dto = z.object({ data: z.array(ObservationV2Dto), meta: CursorMeta })
export type ObservationsV2Dto = z.infer<typeof ObservationsV2Dto>
