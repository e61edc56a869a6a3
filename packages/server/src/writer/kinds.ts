/** The three kinds of entity that fold, each as data: what the writer needs to know to treat them alike. */
import type { ObservationChange, RemovalChange, ScoreChange, TraceChange } from '#domain/change.ts'
import { foldObservation } from '#domain/fold/observation.ts'
import { foldScore } from '#domain/fold/score.ts'
import { foldTrace } from '#domain/fold/trace.ts'
import type { Folded } from '#domain/folded.ts'
import type { Observation } from '#domain/observation.ts'
import type { Score } from '#domain/score.ts'
import { msFromNanos, type Nanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import type { Row } from '#store/engine.ts'
import { fromObservationRow, type ObservationRow, toObservationRow } from '#store/rows/observation.ts'
import { fromScoreRow, type ScoreRow, toScoreRow } from '#store/rows/score.ts'
import { fromTraceRow, type TraceRow, toTraceRow } from '#store/rows/trace.ts'
import { type Sql, sql } from '#store/sql.ts'
import type { EntityChange } from './located.ts'

export type EntityTable = 'traces' | 'observations' | 'scores'

export interface Kind<C extends EntityChange, T> {
  readonly table: EntityTable
  /** The table's name, the columns of its sort key, and what sets two places of one entity apart, as SQL. */
  readonly name: Sql
  readonly keyColumns: Sql
  readonly place: Sql
  /** The column by which rows are sorted into minutes. */
  readonly instant: Sql
  readonly fold: (stored: Folded<T> | undefined, changes: readonly C[]) => Folded<T>
  readonly toRow: (folded: Folded<T>, rowVersion: number) => TraceRow | ObservationRow | ScoreRow
  readonly fromRow: (row: Row) => Folded<T>
  /** Text that differs when two states of one entity lie at different places of the sort key. */
  readonly sortKey: (entity: T) => string
  /** When it lies in the column `instant`. */
  readonly timeOf: (entity: T) => Nanos
  readonly isTakenBy: (entity: T, removal: RemovalChange) => boolean
  /** The trace that an entity or a change names, with which it goes; none for traces themselves. */
  readonly traceOf: (said: T | C) => string | undefined
  /** True for a change that says everything, so that nothing stored has to be known. */
  readonly isWhole: (change: C) => boolean
}

const MINUTE_MS = 60_000
/** Since the epoch. */
export const minuteOf = (instant: Nanos) => Math.floor(msFromNanos(instant) / MINUTE_MS)

export const TRACES: Kind<TraceChange, Trace> = {
  table: 'traces',
  name: sql`traces`,
  keyColumns: sql`project_id, id, timestamp`,
  place: sql`toStartOfMinute(timestamp)`,
  instant: sql`timestamp`,
  fold: foldTrace,
  toRow: toTraceRow,
  fromRow: fromTraceRow,
  sortKey: (trace) => `${minuteOf(trace.timestamp)}`,
  timeOf: (trace) => trace.timestamp,
  isTakenBy: (trace, removal) => removal.of === 'trace' && removal.id === trace.id,
  traceOf: () => undefined,
  isWhole: () => false,
}

export const OBSERVATIONS: Kind<ObservationChange, Observation> = {
  table: 'observations',
  name: sql`observations`,
  keyColumns: sql`project_id, id, trace_id, start_time`,
  place: sql`toStartOfMinute(start_time), trace_id`,
  instant: sql`start_time`,
  fold: foldObservation,
  toRow: toObservationRow,
  fromRow: fromObservationRow,
  sortKey: (observation) => `${minuteOf(observation.startTime)} ${observation.traceId}`,
  timeOf: (observation) => observation.startTime,
  isTakenBy: (observation, removal) => removal.of === 'trace' && removal.id === observation.traceId,
  traceOf: ({ traceId, id }) => traceId ?? id,
  isWhole: (change) => change.origin.via === 'otel',
}

export const SCORES: Kind<ScoreChange, Score> = {
  table: 'scores',
  name: sql`scores`,
  keyColumns: sql`project_id, id, trace_id, timestamp`,
  place: sql`toStartOfMinute(timestamp)`,
  instant: sql`timestamp`,
  fold: foldScore,
  toRow: toScoreRow,
  fromRow: fromScoreRow,
  sortKey: (score) => `${minuteOf(score.timestamp)}`,
  timeOf: (score) => score.timestamp,
  isTakenBy: (score, removal) => removal.id === (removal.of === 'score' ? score.id : score.traceId),
  traceOf: ({ traceId }) => traceId,
  isWhole: () => false,
}
