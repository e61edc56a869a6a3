import { type Metadata, readMetadata, resourceMetadata, type ScopeMetadata, scopeMetadata } from './metadata.ts'
import type { Attributes, ResourceSpans, Scope, Span } from './otlp-request.ts'

/** A span with what surrounds it: all that its observation and its trace are made from. */
export interface SpanSource {
  readonly span: Span
  /** The span's attributes, metadata values decoded. */
  readonly attributes: Attributes
  readonly resource: Attributes
  readonly scope: Scope
  /** What the client set for the observation, and for its trace. */
  readonly ownMetadata: Metadata
  readonly traceMetadata: Metadata
  /** What metadata says of resource and scope. */
  readonly sender: ScopeMetadata
}

/** The spans of one resource. `isTyped`: the sender writes metadata as JSON, see `writesTypedMetadata`. */
export function* spanSources(spans: ResourceSpans, isTyped: boolean): Generator<SpanSource> {
  const resource = readMetadata(spans.attributes, isTyped)
  const ofResource = resourceMetadata(resource)
  for (const { scope, spans: ofScope } of spans.scopes) {
    const sender = scopeMetadata(ofResource, scope)
    for (const span of ofScope) {
      const { attributes, observation, trace } = readMetadata(span.attributes, isTyped)
      yield {
        span,
        attributes,
        resource: resource.attributes,
        scope,
        sender,
        ownMetadata: observation,
        traceMetadata: trace,
      }
    }
  }
}
