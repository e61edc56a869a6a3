/**
 * What clients send to record a score, one by one, in a list or as a `score-create` event
 * (langfuse-ingestion contract §2.2, §2.6, §10.2; langfuse-public-api contract §7.1).
 */
import { z } from 'zod'
import { Id, Instant, Json } from './fields.ts'

const Text = z.string().nullish()

/** An id, or '' for none. */
const OptionalId = Id.or(z.literal('')).nullish()

const fields = {
  /** Made by the server when absent or ''. */
  id: OptionalId,
  name: z.string().min(1),
  value: z.union([z.number(), z.string()]),
  /** Absent: a number is NUMERIC, text is CATEGORICAL, unless the configuration says otherwise. */
  dataType: z.enum(['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION']).optional(),
  traceId: OptionalId,
  observationId: OptionalId,
  sessionId: Text,
  datasetRunId: Text,
  environment: Json.optional(),
  comment: Text,
  metadata: Json.optional(),
  executionTraceId: Text,
  queueId: Text,
  configId: Text,
}

const base = z.object({ ...fields, source: z.enum(['API', 'EVAL', 'ANNOTATION']).nullish() })
type BaseBody = z.infer<typeof base>

/** The body of a `score-create` event; its instant is the event's. */
export const ScoreEventBody = base.superRefine(refuseContradictions).meta({ id: 'ScoreEventBody' })
export type ScoreEventBody = z.infer<typeof ScoreEventBody>

/** The body of POST /api/public/scores, or one element of its list. */
export const ScoreBody = z
  .object({ ...fields, source: z.enum(['API', 'ANNOTATION']).nullish(), timestamp: Instant.nullish() })
  .superRefine((score, context) => {
    refuseContradictions(score, context)
    if (score.dataType !== 'CORRECTION' && score.source === 'ANNOTATION' && !score.configId) {
      refuse(context, 'configId', 'A score with source ANNOTATION needs a configId')
    }
  })
  .meta({ id: 'ScoreBody' })
export type ScoreBody = z.infer<typeof ScoreBody>

/** The answer to a single score. */
export const ScoreCreated = z.object({ id: z.string() })
export type ScoreCreated = z.infer<typeof ScoreCreated>

/** The answer to a list of scores that were all taken (202). */
export const ScoresAccepted = z.object({ message: z.literal('Accepted') })
export type ScoresAccepted = z.infer<typeof ScoresAccepted>

/** The answer to a list of scores of which some were refused (207); the others stand. */
export const ScoresPartlyAccepted = z.object({
  accepted: z.int(),
  rejected: z.int(),
  errors: z.array(z.object({ message: z.string() })),
})
export type ScoresPartlyAccepted = z.infer<typeof ScoresPartlyAccepted>

function refuse(context: z.RefinementCtx, field: string, message: string): void {
  context.addIssue({ code: 'custom', path: [field], message })
}

function refuseContradictions(score: BaseBody, context: z.RefinementCtx): void {
  const subjects = [score.traceId, score.sessionId, score.datasetRunId].filter(Boolean).length
  if (subjects !== 1) {
    refuse(context, 'traceId', 'Provide exactly one of the following: traceId, sessionId, datasetRunId')
  }
  if (score.observationId && !score.traceId) {
    refuse(context, 'observationId', 'A score with an observationId needs the traceId as well')
  }
  const problem = valueProblem(score)
  if (problem) refuse(context, 'value', problem)
  if (score.dataType !== 'CORRECTION') return
  if (score.configId) refuse(context, 'configId', 'A CORRECTION takes no configId')
  if (!score.traceId) refuse(context, 'traceId', 'A CORRECTION belongs to a trace or to one of its observations')
}

function valueProblem({ dataType, value }: Pick<BaseBody, 'dataType' | 'value'>): string | undefined {
  switch (dataType) {
    case undefined:
      return undefined
    case 'NUMERIC':
      return typeof value === 'number' ? undefined : 'A NUMERIC score needs a number as its value'
    case 'BOOLEAN':
      return value === 0 || value === 1 ? undefined : 'A BOOLEAN score needs 0 or 1 as its value'
    case 'CATEGORICAL':
      return isText(value) ? undefined : 'A CATEGORICAL score needs a category, as non-empty text, as its value'
    case 'TEXT':
      return isText(value) && value.length <= 500 ? undefined : 'A TEXT score needs 1 to 500 characters as its value'
    case 'CORRECTION':
      return typeof value === 'string' ? undefined : 'A CORRECTION needs text as its value'
  }
}

function isText(value: string | number): value is string {
  return typeof value === 'string' && value.length > 0
}
