/**
 * The whole metadata of an observation and of a trace, as JSON text. What the client set wins over
 * what describes the sender, and the nearer over the wider (langfuse-ingestion contract §5.3, §5.8).
 */
import { attributeMetadata, joinMetadata, type Metadata } from './metadata.ts'
import type { Scope } from './otlp-request.ts'
import type { SpanSource } from './span-source.ts'

export function observationMetadata(source: SpanSource): string {
  const { sender, traceMetadata, ownMetadata } = source
  return joinMetadata(senderMetadata(source, true), sender.own, traceMetadata, ownMetadata)
}

/** A root's own metadata is its trace's as well. */
export function rootTraceMetadata(source: SpanSource): string {
  const { sender, traceMetadata, ownMetadata } = source
  return joinMetadata(senderMetadata(source, true), sender.own, ownMetadata, traceMetadata)
}

/** What a span below the root says of its trace. */
export function childTraceMetadata(source: SpanSource): string {
  return joinMetadata(senderMetadata(source, false), source.sender.own, source.traceMetadata)
}

function senderMetadata({ attributes, scope, sender }: SpanSource, withAttributes: boolean): Metadata {
  const metadata = new Map<string, unknown>()
  if (withAttributes && !isLangfuseSdk(scope)) metadata.set('attributes', attributeMetadata(attributes))
  return metadata.set('resourceAttributes', sender.resourceAttributes).set('scope', sender.scope)
}

/** Langfuse's own SDKs, whose raw attributes say nothing that the observation does not. */
function isLangfuseSdk(scope: Scope): boolean {
  return scope.name.startsWith('langfuse-sdk')
}
