/**
 * POST /api/public/ingestion: the envelope, the events in it and the answer (langfuse-ingestion
 * contract §2). Unknown keys are dropped at every level; null is allowed for whatever is optional.
 */
import { z } from 'zod'
import { Id, Instant, Json } from './fields.ts'
import { ScoreEventBody } from './score-body.ts'

const Text = z.string().nullish()
const Flag = z.boolean().nullish()
const Payload = Json.optional()

/** Any value: an environment is cleaned, never refused. */
const Environment = Json.optional()

export const TraceBody = z
  .object({
    id: Id.nullish(),
    timestamp: Instant.nullish(),
    name: z.string().max(1000).nullish(),
    externalId: Text,
    input: Payload,
    output: Payload,
    sessionId: Text,
    userId: Text,
    environment: Environment,
    metadata: Payload,
    release: Text,
    version: Text,
    public: Flag,
    tags: z.array(z.string()).nullish(),
  })
  .meta({ id: 'TraceBody' })
export type TraceBody = z.infer<typeof TraceBody>

const observation = {
  id: Id,
  traceId: Id.nullish(),
  environment: Environment,
  name: Text,
  startTime: Instant.nullish(),
  metadata: Payload,
  input: Payload,
  output: Payload,
  level: z.enum(['DEBUG', 'DEFAULT', 'WARNING', 'ERROR']).nullish(),
  statusMessage: Text,
  parentObservationId: Text,
  version: Text,
}

const Count = z.int().nullish()
const Dollars = z.number().nullish()

/** Counts in the older form; those named …Tokens win over input, output and total. */
export const UsageBody = z
  .object({
    input: Count,
    output: Count,
    total: Count,
    unit: z.enum(['CHARACTERS', 'TOKENS', 'SECONDS', 'MILLISECONDS', 'IMAGES', 'REQUESTS']).nullish(),
    inputCost: Dollars,
    outputCost: Dollars,
    totalCost: Dollars,
    promptTokens: Count,
    completionTokens: Count,
    totalTokens: Count,
  })
  .meta({ id: 'UsageBody' })
export type UsageBody = z.infer<typeof UsageBody>

const ModelParameter = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.record(z.string(), z.string()),
  z.null(),
])

const generation = {
  endTime: Instant.nullish(),
  completionStartTime: Instant.nullish(),
  model: Text,
  modelParameters: z.record(z.string(), ModelParameter).nullish(),
  usage: UsageBody.nullish(),
  /** Units by usage type; what is not a count is dropped, not refused. */
  usageDetails: z.record(z.string(), Json).nullish(),
  /** US dollars by cost type; what is not an amount is dropped, not refused. */
  costDetails: z.record(z.string(), Json).nullish(),
}

const prompt = { promptName: Text, promptVersion: z.int().nullish() }

export const EventBody = z.object(observation).meta({ id: 'EventBody' })
export type EventBody = z.infer<typeof EventBody>

export const SpanBody = z.object({ ...observation, endTime: Instant.nullish() }).meta({ id: 'SpanBody' })
export type SpanBody = z.infer<typeof SpanBody>

export const GenerationBody = z
  .object({ ...observation, ...generation, ...prompt })
  .refine((body) => Boolean(body.promptName) === Boolean(body.promptVersion), {
    path: ['promptVersion'],
    message: 'promptName and promptVersion go together: send both or neither',
  })
  .meta({ id: 'GenerationBody' })
export type GenerationBody = z.infer<typeof GenerationBody>

const { environment: _, ...legacyObservation } = observation

/** The oldest clients' observation: its type stands in the body. */
export const LegacyObservationBody = z
  .object({ ...legacyObservation, ...generation, id: Id.nullish(), type: z.enum(['GENERATION', 'SPAN', 'EVENT']) })
  .meta({ id: 'LegacyObservationBody' })
export type LegacyObservationBody = z.infer<typeof LegacyObservationBody>

const envelope = { id: Id, timestamp: Instant, metadata: Json.optional() }

const GENERATION_LIKE = [
  'generation-create',
  'generation-update',
  'agent-create',
  'tool-create',
  'chain-create',
  'retriever-create',
  'evaluator-create',
  'embedding-create',
  'guardrail-create',
] as const

const EVENTS = [
  z.object({ ...envelope, type: z.literal('trace-create'), body: TraceBody }),
  z.object({ ...envelope, type: z.literal(['span-create', 'span-update']), body: SpanBody }),
  z.object({ ...envelope, type: z.literal('event-create'), body: EventBody }),
  z.object({ ...envelope, type: z.literal(GENERATION_LIKE), body: GenerationBody }),
  z.object({
    ...envelope,
    type: z.literal(['observation-create', 'observation-update']),
    body: LegacyObservationBody,
  }),
  z.object({ ...envelope, type: z.literal('score-create'), body: ScoreEventBody }),
  z.object({
    ...envelope,
    type: z.literal('sdk-log'),
    body: z.object({ log: Json.refine((log) => log !== null && log !== undefined, 'log is required'), id: Text }),
  }),
] as const

/** One event; `dataset-run-item-create` belongs to upstream's own workers and is refused like any unknown type. */
export const IngestionEvent = z
  .discriminatedUnion('type', EVENTS, {
    error: (issue) => (issue.code === 'invalid_union' ? 'Event type not accepted' : undefined),
  })
  .meta({ id: 'IngestionEvent' })
export type IngestionEvent = z.infer<typeof IngestionEvent>

/** What must hold of a request before its events are looked at one by one. */
export const IngestionEnvelope = z.object({ batch: z.array(Json), metadata: Json.optional() })
export type IngestionEnvelope = z.infer<typeof IngestionEnvelope>

/** The whole request, as documented: parse `IngestionEnvelope` and then each event, so that one bad event costs no other. */
export const IngestionRequest = z
  .object({ batch: z.array(IngestionEvent), metadata: Json.optional() })
  .meta({ id: 'IngestionRequest' })

export const EventAccepted = z.object({ id: z.string(), status: z.int() })
export type EventAccepted = z.infer<typeof EventAccepted>

/** `error` is the JSON text of the validator's issue list when the event does not fit its schema. */
export const EventRefused = z.object({
  id: z.string(),
  status: z.int(),
  message: z.string().optional(),
  error: z.string().optional(),
})
export type EventRefused = z.infer<typeof EventRefused>

/** The answer (207) once the envelope is valid. `sdk-log` events are in neither list. */
export const IngestionResponse = z
  .object({ successes: z.array(EventAccepted), errors: z.array(EventRefused) })
  .meta({ id: 'IngestionResponse' })
export type IngestionResponse = z.infer<typeof IngestionResponse>
