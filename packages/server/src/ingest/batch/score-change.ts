import type { ScoreBody, ScoreEventBody } from '@xtrace/contract'
import type { ScoreChange } from '#domain/change.ts'
import { observationId, scoreId, traceId } from '#domain/ids.ts'
import { metadataText } from '#domain/payload.ts'
import type { ScoreDataType } from '#domain/score.ts'
import { checkScore } from '#domain/score-check.ts'
import type { ScoreConfig } from '#domain/score-config.ts'
import type { IngestContext } from '#ingest/context.ts'
import { changeBase, clearable, environment, given, instant } from '#ingest/sent.ts'
import { defined } from '#lib/defined.ts'

/** What the body of a score does not say. */
export interface ScorePlace {
  readonly id: string
  /** Place in the merge order, milliseconds since the epoch. */
  readonly at: number
  /** ISO 8601; when the score was given. */
  readonly timestamp: string
}

/**
 * A score to store, or the sentence that says why its configuration refuses it. A refused score is
 * answered like an accepted one and dropped (langfuse-ingestion contract §2.4).
 */
export type ScoreVerdict = { readonly change: ScoreChange } | { readonly dropped: string }

type Body = ScoreEventBody | ScoreBody

/** Turns a score body, from an event or from POST /scores, into a change (langfuse-ingestion contract §2.2). */
export function toScoreChange(body: Body, place: ScorePlace, context: IngestContext): ScoreVerdict {
  const configId = given(body.configId)
  const config = configId === undefined ? undefined : context.scoreConfigs?.get(configId)
  if (configId !== undefined && !config) return { dropped: `score config ${configId} does not exist` }
  const dataType = dataTypeOf(body, config)
  if (body.source === 'ANNOTATION' && !config && dataType !== 'CORRECTION') {
    return { dropped: 'a score with source ANNOTATION needs a configId' }
  }
  const verdict = checkScore(config, { ...unchecked(body, place, context), ...valueFields(dataType, body) })
  return verdict.ok ? { change: verdict.score } : { dropped: verdict.reason }
}

function unchecked(body: Body, { id, at, timestamp }: ScorePlace, context: IngestContext) {
  return defined({
    ...changeBase(context, at),
    kind: 'score' as const,
    id: scoreId(id),
    timestamp: instant(timestamp),
    traceId: body.traceId ? traceId(body.traceId) : undefined,
    observationId: body.observationId
      ? observationId(body.observationId)
      : body.observationId === null
        ? null
        : undefined,
    sessionId: given(body.sessionId),
    datasetRunId: given(body.datasetRunId),
    source: body.source ?? ('API' as const),
    environment: environment(body.environment),
    comment: clearable(body.comment),
    metadata: metadataText(body.metadata),
    configId: clearable(body.configId),
    queueId: clearable(body.queueId),
    executionTraceId: clearable(body.executionTraceId),
    name: body.dataType === 'CORRECTION' ? 'output' : body.name,
  })
}

/** A type that was not sent follows from the value, and from the configuration where the value leaves a choice. */
function dataTypeOf({ dataType, value }: Pick<Body, 'dataType' | 'value'>, config?: ScoreConfig): ScoreDataType {
  if (dataType) return dataType
  if (typeof value === 'number') return config?.dataType === 'BOOLEAN' ? 'BOOLEAN' : 'NUMERIC'
  return config?.dataType === 'TEXT' ? 'TEXT' : 'CATEGORICAL'
}

function valueFields(dataType: ScoreDataType, { value }: Pick<Body, 'value'>) {
  const number = typeof value === 'number' ? value : 0
  switch (dataType) {
    case 'NUMERIC':
      return { dataType, value: number, stringValue: null }
    case 'BOOLEAN':
      return { dataType, value: number, stringValue: number === 0 ? 'False' : 'True' }
    default:
      return { dataType, value: 0, stringValue: String(value) }
  }
}
