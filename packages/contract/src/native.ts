/**
 * xtrace's own write routes (xtrace-native contract §3, §4). An explicit null equals an absent
 * field everywhere; unknown fields are ignored.
 */
import { z } from 'zod'
import { Id, Instant, Json } from './fields.ts'

const Text = z.string().nullish()
const Flag = z.boolean().nullish()
const Amount = z.number().nullish()
const Payload = Json.optional()
const Moment = Instant.nullish()

/** One of the words in any case. */
const word = <const Word extends string>(words: readonly Word[]) =>
  z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(words))
    .nullish()

export const NativeTrace = z
  .object({
    id: Id,
    timestamp: Moment,
    name: Text,
    input: Payload,
    output: Payload,
    sessionId: Text,
    session_id: Text,
    userId: Text,
    release: Text,
    version: Text,
    metadata: Payload,
    tags: z.array(z.string()).nullish(),
    public: Flag,
    environment: Payload,
    externalId: Text,
    bookmarked: Flag,
    /** Derived from the observations; taken and ignored, as is `totalCost`. */
    latency: Amount,
    totalCost: Amount,
    projectId: Text,
  })
  .meta({ id: 'NativeTrace' })
export type NativeTrace = z.infer<typeof NativeTrace>

export const NativeObservation = z
  .object({
    id: Id,
    traceId: Id,
    type: word([
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
    ]),
    name: Text,
    startTime: Moment,
    endTime: Moment,
    completionStartTime: Moment,
    model: Text,
    modelParameters: Payload,
    input: Payload,
    output: Payload,
    /** Units by usage type, `promptTokens`, `completionTokens` and `totalTokens` among them. */
    usage: z.record(z.string(), Json).nullish(),
    usageDetails: z.record(z.string(), Json).nullish(),
    costDetails: z.record(z.string(), Json).nullish(),
    level: word(['DEBUG', 'DEFAULT', 'WARNING', 'ERROR']),
    statusMessage: Text,
    parentObservationId: Text,
    version: Text,
    promptId: Text,
    promptName: Text,
    promptVersion: z.union([z.string(), z.number()]).nullish(),
    modelId: Text,
    /** US dollars a unit. */
    inputPrice: Amount,
    outputPrice: Amount,
    totalPrice: Amount,
    /** US dollars. */
    calculatedInputCost: Amount,
    calculatedOutputCost: Amount,
    calculatedTotalCost: Amount,
    /** Seconds. */
    latency: Amount,
    timeToFirstToken: Amount,
    promptTokens: Amount,
    completionTokens: Amount,
    totalTokens: Amount,
    unit: Text,
    metadata: Payload,
    environment: Payload,
    projectId: Text,
  })
  .meta({ id: 'NativeObservation' })
export type NativeObservation = z.infer<typeof NativeObservation>

/** What must hold of the request before its records are looked at one by one. */
export const NativeBatchEnvelope = z.object({ trace: Json.optional(), observations: z.array(Json).nullish() })
export type NativeBatchEnvelope = z.infer<typeof NativeBatchEnvelope>

/** POST /v1/l/batch, as documented. */
export const NativeBatchRequest = z
  .object({ trace: NativeTrace.nullish(), observations: z.array(NativeObservation).nullish() })
  .meta({ id: 'NativeBatchRequest' })

export const NativeMetricPoint = z
  .object({
    name: z.string().min(1),
    /** Numbers and booleans are kept as text; a null label is no label. */
    labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
    value: z.number(),
    timestamp: Moment,
  })
  .meta({ id: 'NativeMetricPoint' })
export type NativeMetricPoint = z.infer<typeof NativeMetricPoint>

export const NativeMetricsEnvelope = z.object({ metrics: z.array(Json) })
export type NativeMetricsEnvelope = z.infer<typeof NativeMetricsEnvelope>

/** POST /v1/metrics/batch, as documented. */
export const NativeMetricsRequest = z
  .object({ metrics: z.array(NativeMetricPoint) })
  .meta({ id: 'NativeMetricsRequest' })

export const NativeAccepted = z.object({ message: z.literal('Request Successful.') })
export type NativeAccepted = z.infer<typeof NativeAccepted>

/** A record that was refused while others were taken; `index` is its place in its list, null for the trace. */
export const NativeFailure = z.object({ id: z.string().nullable(), index: z.int().nullable(), message: z.string() })
export type NativeFailure = z.infer<typeof NativeFailure>

export const NativePartlyAccepted = z.object({
  message: z.string(),
  data: z.object({ failed: z.array(NativeFailure) }),
})
export type NativePartlyAccepted = z.infer<typeof NativePartlyAccepted>
