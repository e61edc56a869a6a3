/** For tests: events as clients send them, and what they become. */
import type { Change, ObservationChange, ScoreChange, TraceChange } from '#domain/change.ts'
import { testContext } from '#ingest/context.fixture.ts'
import type { IngestContext } from '#ingest/context.ts'
import { ingestBatch } from './ingest-batch.ts'

/** When an event was sent that says nothing of it. */
export const SENT_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678)

export interface Sent {
  readonly type: string
  readonly body: unknown
  readonly id?: unknown
  readonly timestamp?: string
}

let eventCount = 0

export function event({ type, body, id, timestamp }: Sent): object {
  eventCount += 1
  return { id: id ?? `e${eventCount}`, timestamp: timestamp ?? new Date(SENT_AT).toISOString(), type, body }
}

export function ingest(events: readonly Sent[], context: Partial<IngestContext> = {}) {
  return ingestBatch({ batch: events.map(event) }, testContext(context))
}

export const only =
  <Kind extends Change['kind']>(kind: Kind) =>
  (changes: readonly Change[]) =>
    changes.filter((change): change is Extract<Change, { kind: Kind }> => change.kind === kind)

/** The traces that were sent. */
export const traces = (changes: readonly Change[]): TraceChange[] =>
  only('trace')(changes).filter((trace) => !trace.fallback)
/** The traces that observations bring along. */
export const placeholders = (changes: readonly Change[]): TraceChange[] =>
  only('trace')(changes).filter((trace) => trace.fallback)
export const observations: (changes: readonly Change[]) => ObservationChange[] = only('observation')
export const scores: (changes: readonly Change[]) => ScoreChange[] = only('score')

/** The changes of one event. @throws Error when it was refused */
export function changesOf(type: string, body: unknown, context: Partial<IngestContext> = {}): readonly Change[] {
  const { changes, errors } = ingest([{ type, body }], context)
  if (errors.length > 0) throw new Error(`The event was refused: ${JSON.stringify(errors)}`)
  return changes
}
