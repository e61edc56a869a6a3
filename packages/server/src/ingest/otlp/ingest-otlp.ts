/**
 * OpenTelemetry's way in: spans of any instrumentation become changes of observations and traces.
 * Decoded requests flow in, changes flow out. What a vendor's attributes mean is data in
 * attributes.ts and payload-keys.ts, or a file in vendors/; nothing here does I/O or keeps state.
 */
import type { Change } from '#domain/change.ts'
import { isId, MAX_ID_LENGTH } from '#domain/ids.ts'
import type { IngestContext } from '#ingest/context.ts'
import { writesTypedMetadata } from './metadata.ts'
import { observationChange } from './observation.ts'
import type { OtlpRequest, Span } from './otlp-request.ts'
import { spanSources } from './span-source.ts'
import { TraceChanges } from './trace.ts'

export interface OtlpResult {
  /** One observation a span, then what they say of their traces. */
  readonly changes: readonly Change[]
  /** Spans left out because their ids can't be stored. */
  readonly rejected: readonly RejectedSpan[]
}

export interface RejectedSpan {
  readonly id: string
  readonly reason: string
}

/** Maps all spans of a request (langfuse-ingestion contract §5). */
export function ingestOtlp(request: OtlpRequest, context: IngestContext): OtlpResult {
  const isTyped = writesTypedMetadata(context.origin.sdkName, context.origin.sdkVersion)
  const observations: Change[] = []
  const rejected: RejectedSpan[] = []
  const traces = new TraceChanges()
  for (const resource of request.resources) {
    for (const source of spanSources(resource, isTyped)) {
      if (!hasStorableIds(source.span)) {
        rejected.push({ id: source.span.spanId, reason: ID_RULE })
        continue
      }
      const observation = observationChange(source, context)
      observations.push(observation)
      traces.add(source, observation)
    }
  }
  return { changes: [...observations, ...traces.changes()], rejected }
}

const ID_RULE = `ids of spans and traces have at most ${MAX_ID_LENGTH} characters and no carriage return`

function hasStorableIds({ traceId, spanId, parentSpanId }: Span): boolean {
  return isId(traceId) && isId(spanId) && (parentSpanId === undefined || isId(parentSpanId))
}
