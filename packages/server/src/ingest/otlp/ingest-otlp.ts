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
  readonly rejectedSpans: number
  /** Why, for the sender; '' when none were. */
  readonly errorMessage: string
}

/** Maps all spans of a request (langfuse-ingestion contract §5). */
export function ingestOtlp(request: OtlpRequest, context: IngestContext): OtlpResult {
  const isTyped = writesTypedMetadata(context.origin.sdkName, context.origin.sdkVersion)
  const observations: Change[] = []
  const traces = new TraceChanges()
  let rejectedSpans = 0
  for (const resource of request.resources) {
    for (const source of spanSources(resource, isTyped)) {
      if (!hasStorableIds(source.span)) {
        rejectedSpans++
        continue
      }
      const observation = observationChange(source, context)
      observations.push(observation)
      traces.add(source, observation)
    }
  }
  const errorMessage = rejectedSpans === 0 ? '' : `${rejectedSpans} spans were not stored: ${ID_RULE}`
  return { changes: [...observations, ...traces.changes()], rejectedSpans, errorMessage }
}

const ID_RULE = `an id has at most ${MAX_ID_LENGTH} characters and no carriage return`

function hasStorableIds({ traceId, spanId, parentSpanId }: Span): boolean {
  return isId(traceId) && isId(spanId) && (parentSpanId === undefined || isId(parentSpanId))
}
