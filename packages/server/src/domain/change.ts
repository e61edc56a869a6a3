/**
 * A change is what one accepted item of a request says about one entity: validated, normalised,
 * not yet merged. Ingest produces changes, the event log keeps them, the writer folds them.
 * A field that is absent says nothing; `null` clears where the merge rules allow it
 * (langfuse-ingestion contract §3.2, domain/fold).
 */
import type { ObservationId, ProjectId, ScoreId, TraceId } from '#domain/ids.ts'
import type { ObservationLevel, ObservationType } from '#domain/observation.ts'
import type { ScoreDataType, ScoreSource } from '#domain/score.ts'
import type { Nanos } from '#domain/time.ts'

export type Change = TraceChange | ObservationChange | ScoreChange | MetricsChange | RemovalChange

/** Who sent it; kept on the row for attribution. `unknown` where the request did not say. */
export interface Origin {
  /** Public key of the credential, or `token` for the bearer token. */
  readonly apiKey: string
  readonly sdkName: string
  readonly sdkVersion: string
  readonly via: 'ingestion' | 'otel' | 'native' | 'api'
}

interface ChangeBase {
  readonly projectId: ProjectId
  /** Place in the merge order: milliseconds since the epoch (envelope timestamp, or a span's start). */
  readonly at: number
  /** Updates fold after creates of the same `at`. */
  readonly isUpdate?: boolean
  /** When the request arrived, milliseconds since the epoch. */
  readonly receivedAt: number
  readonly origin: Origin
}

/**
 * `input` and `output` everywhere: the text to store. A JSON string is stored as its characters,
 * every other JSON value as its compact JSON text, number spelling and key order untouched.
 * `metadata` everywhere: the text of one JSON object, to be merged deeply.
 */
export interface TraceChange extends ChangeBase {
  readonly kind: 'trace'
  readonly id: TraceId
  readonly timestamp?: Nanos
  readonly name?: string | null
  readonly userId?: string | null
  readonly sessionId?: string | null
  readonly release?: string | null
  readonly version?: string | null
  readonly externalId?: string | null
  readonly environment?: string
  readonly isPublic?: boolean
  readonly isBookmarked?: boolean
  readonly tags?: readonly string[]
  /** What a person says of single tags; the latest word on a tag holds, whatever programs send of it in `tags`. */
  readonly setTags?: readonly string[]
  readonly removedTags?: readonly string[]
  readonly input?: string
  readonly output?: string
  readonly metadata?: string
  /**
   * What the trace takes from a root span or from an observation that came alone. An explicit
   * value of any time beats a fallback; among fallbacks the earliest `at` wins.
   */
  readonly fallback?: {
    readonly timestamp?: Nanos
    readonly environment?: string
    readonly name?: string
    readonly input?: string
    readonly output?: string
  }
}

/** Usage type → units (whole, ≥ 0) and cost type → US dollars. */
export type UsageMap = Readonly<Record<string, number>>
export type CostMap = Readonly<Record<string, number>>

export interface ObservationChange extends ChangeBase {
  readonly kind: 'observation'
  readonly id: ObservationId
  /** Absent: the observation's own id serves as the id of its trace. */
  readonly traceId?: TraceId
  readonly type?: ObservationType
  readonly name?: string | null
  readonly startTime?: Nanos
  readonly endTime?: Nanos
  readonly completionStartTime?: Nanos
  readonly parentObservationId?: string
  readonly environment?: string
  readonly level?: ObservationLevel | null
  readonly statusMessage?: string
  readonly version?: string
  readonly release?: string
  readonly model?: string | null
  /** JSON text of one object. */
  readonly modelParameters?: string
  readonly input?: string
  readonly output?: string
  readonly metadata?: string
  readonly usage?: UsageMap
  readonly cost?: CostMap
  readonly promptId?: string
  readonly promptName?: string
  readonly promptVersion?: number
  /** Trace-level facts that the span itself carried (OTLP only). */
  readonly userId?: string
  readonly sessionId?: string
  readonly traceName?: string
  readonly tags?: readonly string[]
  readonly isPublic?: boolean
  /** A logical root although it names a parent (`langfuse.internal.is_app_root`). */
  readonly isAppRoot?: boolean
  readonly experiment?: Experiment
}

/** `langfuse.experiment.*` of a span (langfuse-ingestion contract §10.4). Absent fields are unknown. */
export interface Experiment {
  readonly id?: string
  readonly name?: string
  readonly description?: string
  readonly datasetId?: string
  readonly itemId?: string
  /** ISO 8601 instant. */
  readonly itemVersion?: string
  readonly itemRootObservationId?: string
  readonly itemExpectedOutput?: string
  /** JSON text of one flat object, dotted key → text. */
  readonly metadata?: string
  readonly itemMetadata?: string
}

export interface ScoreChange extends ChangeBase {
  readonly kind: 'score'
  readonly id: ScoreId
  readonly timestamp?: Nanos
  readonly traceId?: TraceId
  readonly observationId?: ObservationId | null
  readonly sessionId?: string
  readonly datasetRunId?: string
  readonly name: string
  readonly dataType: ScoreDataType
  /** NUMERIC and BOOLEAN: the number; CATEGORICAL: the category's number, 0 when unknown; else 0. */
  readonly value: number
  /** BOOLEAN `True`/`False`, CATEGORICAL the label, TEXT and CORRECTION the text; null for NUMERIC. */
  readonly stringValue: string | null
  readonly source: ScoreSource
  readonly environment?: string
  readonly comment?: string | null
  readonly metadata?: string
  readonly configId?: string | null
  readonly queueId?: string | null
  readonly executionTraceId?: string | null
  readonly authorUserId?: string | null
}

export interface MetricsChange extends ChangeBase {
  readonly kind: 'metrics'
  /**
   * Makes a repeated request with one Idempotency-Key the same points; absent, the place in the
   * event log identifies them.
   */
  readonly idempotencyKey?: string
  readonly points: readonly MetricPoint[]
}

export interface MetricPoint {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly timestamp: Nanos
}

/** Takes an entity away; a trace goes with its observations and scores. What is written later stands. */
export interface RemovalChange extends ChangeBase {
  readonly kind: 'removal'
  readonly of: 'trace' | 'score'
  readonly id: TraceId | ScoreId
}

/**
 * Where a change belongs: the trace id, or for what belongs to no trace its own id. Order is kept
 * within one key only.
 */
export function partitionKey(change: Change): string {
  switch (change.kind) {
    case 'trace':
      return change.id
    case 'observation':
      return change.traceId ?? change.id
    case 'score':
      return change.traceId ?? change.id
    case 'metrics':
      return change.points[0]?.name ?? ''
    case 'removal':
      return change.id
  }
}
