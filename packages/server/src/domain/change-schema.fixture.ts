/** For tests: what a change may look like, as a schema. The reader (change-reader.ts) is held to it. */
import { z } from 'zod'
import type { Change, MetricPoint } from '#domain/change.ts'
import { isId, observationId, projectId, scoreId, traceId } from '#domain/ids.ts'
import { OBSERVATION_LEVELS, OBSERVATION_TYPES } from '#domain/observation.ts'
import { SCORE_DATA_TYPES, SCORE_SOURCES } from '#domain/score.ts'

const id = z.string().refine(isId)
const instant = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .transform(BigInt)
const words = z.array(z.string()).readonly()
// Not z.record, which loses a key named __proto__.
const mapOf = <T>(holds: (value: unknown) => boolean) =>
  z.custom<Readonly<Record<string, T>>>(
    (map) => typeof map === 'object' && map !== null && !Array.isArray(map) && Object.values(map).every(holds),
  )
const numbers = mapOf<number>((value) => typeof value === 'number')
const said = z.string().exactOptional()
const clearable = z.string().nullable().exactOptional()

const base = {
  projectId: z.string().min(1).transform(projectId),
  at: z.number(),
  isUpdate: z.boolean().exactOptional(),
  receivedAt: z.number(),
  origin: z.strictObject({
    apiKey: z.string(),
    sdkName: z.string(),
    sdkVersion: z.string(),
    via: z.enum(['ingestion', 'otel', 'native', 'api']),
  }),
}

const traceSchema = z.strictObject({
  ...base,
  kind: z.literal('trace'),
  id: id.transform(traceId),
  timestamp: instant.exactOptional(),
  name: clearable,
  userId: clearable,
  sessionId: clearable,
  release: clearable,
  version: clearable,
  externalId: clearable,
  environment: said,
  isPublic: z.boolean().exactOptional(),
  isBookmarked: z.boolean().exactOptional(),
  tags: words.exactOptional(),
  setTags: words.exactOptional(),
  removedTags: words.exactOptional(),
  input: said,
  output: said,
  metadata: said,
  fallback: z
    .strictObject({ timestamp: instant.exactOptional(), environment: said, name: said, input: said, output: said })
    .exactOptional(),
})

const experiment = z.strictObject({
  id: said,
  name: said,
  description: said,
  datasetId: said,
  itemId: said,
  itemVersion: said,
  itemRootObservationId: said,
  itemExpectedOutput: said,
  metadata: said,
  itemMetadata: said,
})

const observationSchema = z.strictObject({
  ...base,
  kind: z.literal('observation'),
  id: id.transform(observationId),
  traceId: id.transform(traceId).exactOptional(),
  type: z.enum(OBSERVATION_TYPES).exactOptional(),
  name: clearable,
  startTime: instant.exactOptional(),
  endTime: instant.exactOptional(),
  completionStartTime: instant.exactOptional(),
  parentObservationId: said,
  environment: said,
  level: z.enum(OBSERVATION_LEVELS).nullable().exactOptional(),
  statusMessage: said,
  version: said,
  release: said,
  model: clearable,
  modelParameters: said,
  input: said,
  output: said,
  metadata: said,
  usage: numbers.exactOptional(),
  cost: numbers.exactOptional(),
  promptId: said,
  promptName: said,
  promptVersion: z.number().exactOptional(),
  userId: said,
  sessionId: said,
  traceName: said,
  tags: words.exactOptional(),
  isPublic: z.boolean().exactOptional(),
  isAppRoot: z.boolean().exactOptional(),
  experiment: experiment.exactOptional(),
})

const scoreSchema = z.strictObject({
  ...base,
  kind: z.literal('score'),
  id: id.transform(scoreId),
  timestamp: instant.exactOptional(),
  traceId: id.transform(traceId).exactOptional(),
  observationId: id.transform(observationId).nullable().exactOptional(),
  sessionId: said,
  datasetRunId: said,
  name: z.string(),
  dataType: z.enum(SCORE_DATA_TYPES),
  value: z.number(),
  stringValue: z.string().nullable(),
  source: z.enum(SCORE_SOURCES),
  environment: said,
  comment: clearable,
  metadata: said,
  configId: clearable,
  queueId: clearable,
  executionTraceId: clearable,
  authorUserId: clearable,
})

const pointSchema = z.strictObject({
  name: z.string(),
  labels: mapOf<string>((value) => typeof value === 'string'),
  value: z.number(),
  timestamp: instant,
}) satisfies z.ZodType<MetricPoint>

const metricsSchema = z.strictObject({
  ...base,
  kind: z.literal('metrics'),
  idempotencyKey: said,
  points: z.array(pointSchema).readonly(),
})

const removalOf = (of: 'trace' | 'score') => ({ ...base, kind: z.literal('removal'), of: z.literal(of) })
const removalSchema = z.discriminatedUnion('of', [
  z.strictObject({ ...removalOf('trace'), id: id.transform(traceId) }),
  z.strictObject({ ...removalOf('score'), id: id.transform(scoreId) }),
])

export const changeSchema = z.discriminatedUnion('kind', [
  traceSchema,
  observationSchema,
  scoreSchema,
  metricsSchema,
  removalSchema,
]) satisfies z.ZodType<Change>
