/**
 * The batch envelope of the Langfuse SDKs (langfuse-ingestion contract §2): a parsed body goes in,
 * changes and one verdict for each event come out. Pure: what it needs to know of the outside is in
 * the context. An event that is refused never costs another one its place.
 *
 * Sending a batch again changes nothing: every entity keeps its id (one without an id takes the
 * event's), the merge times are in the events, and folding a change twice is folding it once.
 */
import { type EventAccepted, type EventRefused, IngestionEnvelope, type IngestionEvent } from '@xtrace/contract'
import type { Change, ObservationChange } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import type { ObservationId, TraceId } from '#domain/ids.ts'
import type { IngestContext } from '#ingest/context.ts'
import { placeholderTraces } from '#ingest/placeholder.ts'
import { type PlacedEvent, placeEvents } from './merge-order.ts'
import { toObservationChange } from './observation-change.ts'
import { field, type ParsedEvent, parseEvent } from './parse-event.ts'
import { toScoreChange } from './score-change.ts'
import { toTraceChange } from './trace-change.ts'

export interface BatchOutcome {
  readonly changes: readonly Change[]
  /** In processing order: creates by time, then updates by time. */
  readonly successes: readonly EventAccepted[]
  /** In the order of the batch. */
  readonly errors: readonly EventRefused[]
  /** Scores that were answered 201 but that their configuration refuses. */
  readonly droppedScores: readonly DroppedScore[]
  /** What clients report about themselves: to be logged, never stored. */
  readonly sdkLogs: readonly unknown[]
}

export interface DroppedScore {
  readonly id: string
  readonly reason: string
}

/** @throws AppError `bad_request` with the issues when the envelope itself does not fit */
export function ingestBatch(body: unknown, context: IngestContext): BatchOutcome {
  const { accepted, errors } = judge(readBatch(body), context)
  const isLog = ({ event }: ParsedEvent) => event.type === 'sdk-log'
  const placed = placeEvents(accepted.filter((one) => !isLog(one)))
  return {
    ...toChanges(lastCopies(placed), context),
    successes: placed.map(({ event }) => ({ id: event.id, status: 201 })),
    errors,
    sdkLogs: accepted.flatMap(({ event }) => (event.type === 'sdk-log' ? [event.body.log] : [])),
  }
}

/** The ids of the score configurations that a body names, without repeats; nothing is checked. */
export function scoreConfigIds(body: unknown): string[] {
  const { success, data } = IngestionEnvelope.safeParse(body)
  if (!success) return []
  const scores = data.batch.filter((sent) => field(sent, 'type') === 'score-create')
  const ids = scores.map((sent) => field(field(sent, 'body'), 'configId'))
  return [...new Set(ids)].filter((id) => typeof id === 'string').filter(Boolean)
}

function readBatch(body: unknown): readonly unknown[] {
  const envelope = IngestionEnvelope.safeParse(body)
  if (envelope.success) return envelope.data.batch
  throw new AppError('bad_request', undefined, { issues: envelope.error.issues })
}

function judge(batch: readonly unknown[], { scope }: Pick<IngestContext, 'scope'>) {
  const accepted: ParsedEvent[] = []
  const errors: EventRefused[] = []
  for (const sent of batch) {
    const verdict = parseEvent(sent)
    if ('error' in verdict) errors.push(verdict.error)
    else if (mayWrite(scope, verdict.parsed.event)) accepted.push(verdict.parsed)
    else errors.push(scopeError(verdict.parsed.event.id))
  }
  return { accepted, errors }
}

function mayWrite(scope: IngestContext['scope'], { type }: IngestionEvent): boolean {
  return scope === 'project' || type === 'score-create' || type === 'sdk-log'
}

function scopeError(id: string): EventRefused {
  return { id, status: 401, message: 'Authentication error', error: 'Access Scope Denied' }
}

/** Of events with one envelope id for one entity the last listed stands (langfuse-ingestion contract §2.5). */
function lastCopies(placed: readonly PlacedEvent[]): PlacedEvent[] {
  const copies = new Map(placed.map((one) => [copyKey(one.event), one]))
  return placed.filter((one) => copies.get(copyKey(one.event)) === one)
}

function copyKey({ id, type, body }: IngestionEvent): string {
  const kind = type === 'trace-create' || type === 'score-create' ? type : 'observation'
  // No id contains a carriage return.
  return `${kind}\r${body.id ?? ''}\r${id}`
}

function toChanges(placed: readonly PlacedEvent[], context: IngestContext) {
  const changes: Change[] = []
  const observations: ObservationChange[] = []
  const droppedScores: DroppedScore[] = []
  for (const { event, ...place } of placed) {
    switch (event.type) {
      case 'sdk-log':
        break
      case 'trace-create':
        changes.push(toTraceChange(event, place.at, context))
        break
      case 'score-create': {
        const id = event.body.id || event.id
        const verdict = toScoreChange(event.body, { id, at: place.at, timestamp: event.timestamp }, context)
        if ('change' in verdict) changes.push(verdict.change)
        else droppedScores.push({ id, reason: verdict.dropped })
        break
      }
      default:
        observations.push(toObservationChange(event, place, context))
    }
  }
  const traced = shareTraceIds(observations)
  return { changes: [...changes, ...placeholderTraces(traced), ...traced], droppedScores }
}

/** An event without a trace id belongs where another event of the same observation says. */
function shareTraceIds(observations: readonly ObservationChange[]): ObservationChange[] {
  const known = new Map<ObservationId, TraceId>()
  for (const { id, traceId } of observations) if (traceId !== undefined && !known.has(id)) known.set(id, traceId)
  return observations.map((one) => {
    const traceId = one.traceId ?? known.get(one.id)
    return traceId === undefined ? one : { ...one, traceId }
  })
}
