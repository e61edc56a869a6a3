/**
 * OpenTelemetry's way in: spans of any instrumentation become changes of observations and traces.
 * Decoded requests flow in, changes flow out. What a vendor's attributes mean is data in
 * attributes.ts and payload-keys.ts, or a file in vendors/; nothing here does I/O or keeps state.
 */
import type { Change } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import { isId, MAX_ID_LENGTH } from '#domain/ids.ts'
import type { IngestContext } from '#ingest/context.ts'
import { type ScopeMetadata, writesTypedMetadata } from './metadata.ts'
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

/**
 * Maps all spans of a request (langfuse-ingestion contract §5).
 * @throws AppError `payload_too_large` when the spans would repeat too much of what describes their sender
 */
export function ingestOtlp(request: OtlpRequest, context: IngestContext): OtlpResult {
  const isTyped = writesTypedMetadata(context.origin.sdkName, context.origin.sdkVersion)
  const observations: Change[] = []
  const rejected: RejectedSpan[] = []
  const traces = new TraceChanges()
  let repeated = 0
  for (const resource of request.resources) {
    for (const source of spanSources(resource, isTyped)) {
      if (!hasStorableIds(source.span)) {
        rejected.push({ id: source.span.spanId, reason: ID_RULE })
        continue
      }
      repeated += lengthOf(source.sender)
      if (repeated > MAX_REPEATED) throw new AppError('payload_too_large', REPETITION_RULE)
      const observation = observationChange(source, context)
      observations.push(observation)
      traces.add(source, observation)
    }
  }
  return { changes: [...observations, ...traces.changes()], rejected }
}

/**
 * Characters of resource and scope attributes that all spans of a request may have in their metadata.
 * These arrive once and are kept with every span, so that without a bound a request of one megabyte
 * could fill the memory. 8192 spans, a large batch of a collector, may have 8 KB each.
 */
const MAX_REPEATED = 64 * 1024 * 1024

const REPETITION_RULE =
  `The attributes of resources and scopes are kept with every span, here more than ${MAX_REPEATED} characters in all; ` +
  'send fewer spans a request or smaller resource attributes'

function lengthOf({ resourceAttributes, scope }: ScopeMetadata): number {
  return resourceAttributes.text.length + scope.text.length
}

const ID_RULE = `ids of spans and traces have at most ${MAX_ID_LENGTH} characters and no carriage return`

function hasStorableIds({ traceId, spanId, parentSpanId }: Span): boolean {
  return isId(traceId) && isId(spanId) && (parentSpanId === undefined || isId(parentSpanId))
}
