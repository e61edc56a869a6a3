import type { ScoreDto, ScoreSubjectDto, ScoreV1Dto, ScoreV3Dto } from '@xtrace/contract'
import type { Score } from '#domain/score.ts'
import { isoFromNanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { isoFromMs } from './page-dto.ts'

/** A score on a trace or an observation (public-api contract §7.3). */
export function toScoreV1Dto(score: Score): ScoreV1Dto {
  return { ...common(score), traceId: score.traceId ?? '' }
}

/** A score on any subject (public-api contract §7.4). */
export function toScoreDto(score: Score): ScoreDto {
  return {
    ...common(score),
    traceId: score.traceId ?? null,
    sessionId: score.sessionId ?? null,
    datasetRunId: score.datasetRunId ?? null,
  }
}

function common(score: Score) {
  return {
    ...coreOf(score),
    ...(score.dataType === 'TEXT' ? {} : { value: score.value }),
    stringValue: score.dataType === 'NUMERIC' ? null : (score.stringValue ?? ''),
    observationId: score.observationId ?? null,
    authorUserId: score.authorUserId ?? null,
    comment: score.comment ?? null,
    metadata: new JsonText(score.metadata),
    configId: score.configId ?? null,
    queueId: score.queueId ?? null,
    executionTraceId: score.executionTraceId ?? null,
  }
}

function coreOf(score: Score) {
  return {
    id: score.id,
    projectId: score.projectId,
    name: score.name,
    dataType: score.dataType,
    source: score.source,
    environment: score.environment,
    timestamp: isoFromNanos(score.timestamp),
    createdAt: isoFromMs(score.createdAt),
    updatedAt: isoFromMs(score.updatedAt),
  }
}

/** What a list of scores shows of the trace; null for a score without one. */
export function scoredTrace(trace: Trace | undefined, version: 'v1' | 'v2') {
  if (!trace) return null
  const { userId, tags, environment, sessionId } = trace
  const shown = { userId: userId ?? null, tags: [...tags], environment }
  return version === 'v1' ? shown : { ...shown, sessionId: sessionId ?? null }
}

export interface ScoreV3Options {
  readonly details: boolean
  readonly subject: boolean
  readonly annotation: boolean
}

/** A score whose value has the type that its data type says (public-api contract §7.5). */
export function toScoreV3Dto(score: Score, options: ScoreV3Options): ScoreV3Dto {
  return {
    ...coreOf(score),
    value: typedValue(score),
    ...(options.details && {
      comment: score.comment ?? null,
      configId: score.configId ?? null,
      metadata: new JsonText(score.metadata),
    }),
    ...(options.subject && { subject: subjectOf(score) }),
    ...(options.annotation && { authorUserId: score.authorUserId ?? null, queueId: score.queueId ?? null }),
  }
}

function typedValue({ dataType, value, stringValue }: Score): number | boolean | string {
  switch (dataType) {
    case 'NUMERIC':
      return value
    case 'BOOLEAN':
      return value === 1
    case 'CATEGORICAL':
    case 'TEXT':
    case 'CORRECTION':
      return stringValue ?? ''
  }
}

function subjectOf({ traceId, observationId, sessionId, datasetRunId }: Score): ScoreSubjectDto | null {
  if (traceId && observationId) return { kind: 'observation', id: observationId, traceId }
  if (traceId) return { kind: 'trace', id: traceId }
  if (sessionId) return { kind: 'session', id: sessionId }
  return datasetRunId ? { kind: 'experiment', id: datasetRunId } : null
}
