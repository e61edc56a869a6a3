import type { IngestionEvent } from '@xtrace/contract'
import type { TraceChange } from '#domain/change.ts'
import { traceId } from '#domain/ids.ts'
import { metadataText, payloadText } from '#domain/payload.ts'
import type { IngestContext } from '#ingest/context.ts'
import { changeBase, clearable, environment, given, instant } from '#ingest/sent.ts'
import { defined } from '#lib/defined.ts'

type TraceEvent = Extract<IngestionEvent, { type: 'trace-create' }>

/**
 * What a trace-create event says. Without an id of its own the trace takes the event's, so that the
 * client can find it and sending the event again makes no second trace. An absent `public` leaves
 * things as they are.
 */
export function toTraceChange({ id, timestamp, body }: TraceEvent, at: number, context: IngestContext): TraceChange {
  return defined({
    ...changeBase(context, at),
    kind: 'trace' as const,
    id: traceId(body.id ?? id),
    timestamp: instant(body.timestamp ?? timestamp),
    name: clearable(body.name),
    userId: clearable(body.userId),
    sessionId: clearable(body.sessionId),
    release: clearable(body.release),
    version: clearable(body.version),
    externalId: clearable(body.externalId),
    environment: environment(body.environment),
    isPublic: given(body.public),
    tags: given(body.tags),
    input: payloadText(body.input),
    output: payloadText(body.output),
    metadata: metadataText(body.metadata),
  })
}
