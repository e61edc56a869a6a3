import type { Folded } from '#domain/folded.ts'
import { observationId, type ProjectId, projectId, scoreId, traceId } from '#domain/ids.ts'
import { SCORE_DATA_TYPES, SCORE_SOURCES, type Score } from '#domain/score.ts'
import type { Nanos } from '#domain/time.ts'
import type { Row } from '#store/engine.ts'
import { msOf, nanosOf, numberOf, optionalTextOf, originCells, originOf, textOf, wordOf } from './cells.ts'

/** One row of `scores`, columns in the order of the table. */
export interface ScoreRow {
  readonly project_id: ProjectId
  readonly id: string
  readonly timestamp: Nanos
  readonly trace_id: string
  readonly observation_id: string
  readonly session_id: string
  readonly dataset_run_id: string
  readonly name: string
  readonly data_type: string
  readonly value: number
  readonly string_value: string
  readonly source: string
  readonly environment: string
  readonly comment: string
  readonly metadata: string
  readonly config_id: string
  readonly queue_id: string
  readonly execution_trace_id: string
  readonly author_user_id: string
  readonly api_key: string
  readonly sdk_name: string
  readonly sdk_version: string
  readonly via: string
  /** Milliseconds. */
  readonly created_at: number
  readonly updated_at: number
  readonly clock: string
  readonly row_version: number
  readonly is_deleted: 0 | 1
}

/** `rowVersion`: the position in the event log of the last change folded in. */
export function toScoreRow({ entity: score, clock }: Folded<Score>, rowVersion: number): ScoreRow {
  return {
    project_id: score.projectId,
    id: score.id,
    timestamp: score.timestamp,
    trace_id: score.traceId ?? '',
    observation_id: score.observationId ?? '',
    session_id: score.sessionId ?? '',
    dataset_run_id: score.datasetRunId ?? '',
    name: score.name,
    data_type: score.dataType,
    value: score.value,
    string_value: score.stringValue ?? '',
    source: score.source,
    environment: score.environment,
    comment: score.comment ?? '',
    metadata: score.metadata,
    config_id: score.configId ?? '',
    queue_id: score.queueId ?? '',
    execution_trace_id: score.executionTraceId ?? '',
    author_user_id: score.authorUserId ?? '',
    ...originCells(score.origin),
    created_at: score.createdAt,
    updated_at: score.updatedAt,
    clock,
    row_version: rowVersion,
    is_deleted: 0,
  }
}

/** Needs project_id, id and timestamp; every other column may be left out of the query and is then absent. */
export function fromScoreRow(row: Row): Folded<Score> {
  const trace = optionalTextOf(row, 'trace_id')
  const observation = optionalTextOf(row, 'observation_id')
  const entity: Score = {
    projectId: projectId(textOf(row, 'project_id')),
    id: scoreId(textOf(row, 'id')),
    timestamp: nanosOf(row, 'timestamp'),
    traceId: trace === undefined ? undefined : traceId(trace),
    observationId: observation === undefined ? undefined : observationId(observation),
    sessionId: optionalTextOf(row, 'session_id'),
    datasetRunId: optionalTextOf(row, 'dataset_run_id'),
    name: textOf(row, 'name'),
    dataType: wordOf(row, 'data_type', SCORE_DATA_TYPES),
    value: numberOf(row, 'value'),
    stringValue: optionalTextOf(row, 'string_value'),
    source: wordOf(row, 'source', SCORE_SOURCES),
    environment: textOf(row, 'environment'),
    comment: optionalTextOf(row, 'comment'),
    metadata: textOf(row, 'metadata') || '{}',
    configId: optionalTextOf(row, 'config_id'),
    queueId: optionalTextOf(row, 'queue_id'),
    executionTraceId: optionalTextOf(row, 'execution_trace_id'),
    authorUserId: optionalTextOf(row, 'author_user_id'),
    origin: originOf(row),
    createdAt: msOf(row, 'created_at'),
    updatedAt: msOf(row, 'updated_at'),
  }
  return { entity, clock: textOf(row, 'clock') }
}
