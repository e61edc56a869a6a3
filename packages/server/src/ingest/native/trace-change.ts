import type { NativeTrace } from '@xtrace/contract'
import type { TraceChange } from '#domain/change.ts'
import { traceId } from '#domain/ids.ts'
import { metadataText, payloadText } from '#domain/payload.ts'
import type { IngestContext } from '#ingest/context.ts'
import { changeBase, environment, given, instant } from '#ingest/sent.ts'
import { defined } from '#lib/defined.ts'

/**
 * What a trace record says; null says nothing. Without a timestamp the trace begins with its first
 * observation, or at receipt. Latency and cost follow from the observations, not from here.
 */
export function toTraceChange(trace: NativeTrace, context: IngestContext): TraceChange {
  return defined({
    ...changeBase(context, context.receivedAt),
    kind: 'trace' as const,
    id: traceId(trace.id),
    timestamp: instant(trace.timestamp),
    name: given(trace.name),
    userId: given(trace.userId),
    sessionId: given(trace.sessionId) ?? given(trace.session_id),
    release: given(trace.release),
    version: given(trace.version),
    externalId: given(trace.externalId),
    environment: environment(trace.environment),
    isPublic: given(trace.public),
    isBookmarked: given(trace.bookmarked),
    tags: given(trace.tags),
    input: payloadText(trace.input),
    output: payloadText(trace.output),
    metadata: metadataText(trace.metadata),
  })
}
