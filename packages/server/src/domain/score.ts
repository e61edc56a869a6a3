import type { Origin } from '#domain/change.ts'
import type { ObservationId, ProjectId, ScoreId, TraceId } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'

export const SCORE_DATA_TYPES = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION'] as const
export type ScoreDataType = (typeof SCORE_DATA_TYPES)[number]

export const SCORE_SOURCES = ['API', 'EVAL', 'ANNOTATION'] as const
export type ScoreSource = (typeof SCORE_SOURCES)[number]

/** A judgement on exactly one of: a trace (or one observation in it), a session, a dataset run. */
export interface Score {
  readonly projectId: ProjectId
  readonly id: ScoreId
  readonly timestamp: Nanos
  readonly traceId: TraceId | undefined
  readonly observationId: ObservationId | undefined
  readonly sessionId: string | undefined
  readonly datasetRunId: string | undefined
  readonly name: string
  readonly dataType: ScoreDataType
  readonly value: number
  readonly stringValue: string | undefined
  readonly source: ScoreSource
  readonly environment: string
  readonly comment: string | undefined
  /** JSON text of one object; `{}` when there is none. */
  readonly metadata: string
  readonly configId: string | undefined
  readonly queueId: string | undefined
  readonly executionTraceId: string | undefined
  readonly authorUserId: string | undefined
  readonly origin: Origin
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}
