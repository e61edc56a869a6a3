import type { ScoreChange } from '#domain/change.ts'
import type { Folded } from '#domain/folded.ts'
import { observationId } from '#domain/ids.ts'
import type { Score } from '#domain/score.ts'
import { nanosFromMs } from '#domain/time.ts'
import { layout } from './clock.ts'
import { type FoldRules, fold } from './fold.ts'
import type { Merge } from './merge.ts'
import { NO_METADATA } from './metadata.ts'

/** `judgement` is name, type, value, text and source together: every score change carries all of them. */
type Field =
  | 'judgement'
  | 'timestamp'
  | 'traceId'
  | 'environment'
  | 'observationId'
  | 'sessionId'
  | 'datasetRunId'
  | 'comment'
  | 'configId'
  | 'queueId'
  | 'executionTraceId'
  | 'authorUserId'
  | 'origin'

const RULES: FoldRules<Score, ScoreChange, Field> = {
  layout: layout<Score, Field>({
    isSet: {
      judgement: () => true,
      timestamp: () => true,
      traceId: (score) => score.traceId !== undefined,
      environment: () => true,
      observationId: (score) => score.observationId !== undefined,
      sessionId: (score) => score.sessionId !== undefined,
      datasetRunId: (score) => score.datasetRunId !== undefined,
      comment: (score) => score.comment !== undefined,
      configId: (score) => score.configId !== undefined,
      queueId: (score) => score.queueId !== undefined,
      executionTraceId: (score) => score.executionTraceId !== undefined,
      authorUserId: (score) => score.authorUserId !== undefined,
      origin: () => true,
    },
    immutable: new Set<Field>(['timestamp', 'traceId', 'environment']),
    time: (score) => score.timestamp,
  }),
  start,
  apply,
}

/**
 * Folds changes into one score. Order-independent: any permutation of changes with different `at`
 * gives the same result, and so does any split into successive calls
 * (langfuse-ingestion contract §3.2).
 */
export function foldScore(stored: Folded<Score> | undefined, changes: readonly ScoreChange[]): Folded<Score> {
  return fold(RULES, stored, changes)
}

function start(change: ScoreChange): Score {
  return {
    projectId: change.projectId,
    id: change.id,
    timestamp: nanosFromMs(change.at),
    traceId: undefined,
    observationId: undefined,
    sessionId: undefined,
    datasetRunId: undefined,
    ...judgementOf(change),
    environment: 'default',
    comment: undefined,
    metadata: NO_METADATA,
    configId: undefined,
    queueId: undefined,
    executionTraceId: undefined,
    authorUserId: undefined,
    origin: change.origin,
    createdAt: change.receivedAt,
    updatedAt: change.receivedAt,
  }
}

function apply(score: Score, change: ScoreChange, merge: Merge<Field>): Score {
  const observation = merge.text('observationId', score.observationId, change.observationId)
  return {
    ...score,
    ...merge.latest('judgement', judgementOf(score), judgementOf(change)),
    timestamp: merge.earliest('timestamp', score.timestamp, {
      explicit: change.timestamp,
      initial: nanosFromMs(change.at),
    }),
    traceId: merge.earliest('traceId', score.traceId, { explicit: change.traceId }),
    environment: merge.earliest('environment', score.environment, { explicit: change.environment }),
    observationId: observation === undefined ? undefined : observationId(observation),
    sessionId: merge.text('sessionId', score.sessionId, change.sessionId),
    datasetRunId: merge.text('datasetRunId', score.datasetRunId, change.datasetRunId),
    comment: merge.text('comment', score.comment, change.comment),
    configId: merge.text('configId', score.configId, change.configId),
    queueId: merge.text('queueId', score.queueId, change.queueId),
    executionTraceId: merge.text('executionTraceId', score.executionTraceId, change.executionTraceId),
    authorUserId: merge.text('authorUserId', score.authorUserId, change.authorUserId),
    origin: merge.latest('origin', score.origin, change.origin),
  }
}

type Judgement = Pick<Score, 'name' | 'dataType' | 'value' | 'stringValue' | 'source'>

function judgementOf(from: Score | ScoreChange): Judgement {
  return {
    name: from.name,
    dataType: from.dataType,
    value: from.value,
    stringValue: from.stringValue ?? undefined,
    source: from.source,
  }
}
