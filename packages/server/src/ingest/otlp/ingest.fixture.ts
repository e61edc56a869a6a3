/** For tests: what a span becomes. */
import type { ObservationChange, TraceChange } from '#domain/change.ts'
import { projectId } from '#domain/ids.ts'
import type { IngestContext } from '#ingest/context.ts'
import { ingestOtlp } from './ingest-otlp.ts'
import { type ExportSample, exportOf, type SpanSample } from './otlp-request.fixture.ts'
import type { OtlpRequest } from './otlp-request.ts'

export const RECEIVED_AT = 1_760_000_123_000

/** A request of `python/4.14.3` unless said otherwise. */
function contextOf(sdk = 'python/4.14.3'): IngestContext {
  const [sdkName = '', sdkVersion = ''] = sdk.split('/')
  return {
    projectId: projectId('p1'),
    scope: 'project',
    origin: { apiKey: 'pk-1', sdkName, sdkVersion, via: 'otel' },
    receivedAt: RECEIVED_AT,
  }
}

export function changesOf(request: OtlpRequest, sdk?: string) {
  const { changes, rejected } = ingestOtlp(request, contextOf(sdk))
  return {
    observations: changes.filter((change): change is ObservationChange => change.kind === 'observation'),
    traces: changes.filter((change): change is TraceChange => change.kind === 'trace'),
    rejected,
  }
}

/** The observation of one span. */
export function observe(
  span: SpanSample,
  around: Omit<ExportSample, 'spans'> & { sdk?: string } = {},
): ObservationChange {
  const [observation] = changesOf(exportOf({ ...around, spans: [span] }), around.sdk).observations
  if (observation === undefined) throw new Error('the span was rejected')
  return observation
}

/** Metadata as an object. */
export function metadataOf({ metadata }: { readonly metadata?: string }): Record<string, unknown> {
  return JSON.parse(metadata ?? '{}')
}
