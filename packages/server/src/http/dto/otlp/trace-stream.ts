import type { Observation } from '#domain/observation.ts'
import type { Trace } from '#domain/trace.ts'
import { printJson } from '#lib/json/print.ts'
import type { TraceObservations } from '#query/trace-observations.ts'
import { type SentSpan, toOtlpSpan } from './otlp-span.ts'

/** The text of an ExportTraceServiceRequest with all spans of a trace, piece by piece. */
export async function* otlpTraceText(trace: Trace, observations: TraceObservations): AsyncGenerator<string> {
  yield '{"resourceSpans":['
  let isFirst = true
  for await (const piece of observations.pieces()) {
    for (const resourceSpans of bySender(piece.map(spanOf))) {
      yield `${isFirst ? '' : ','}${printJson(resourceSpans)}`
      isFirst = false
    }
  }
  yield ']}'

  function spanOf(observation: Observation): SentSpan {
    return toOtlpSpan(observation, observation.id === observations.firstRootId ? trace : undefined)
  }
}

function bySender(spans: readonly SentSpan[]): object[] {
  const senders = new Map<string, { readonly first: SentSpan; readonly spans: object[] }>()
  for (const sent of spans) {
    const known = senders.get(sent.sender.key)
    if (known) known.spans.push(sent.span)
    else senders.set(sent.sender.key, { first: sent, spans: [sent.span] })
  }
  return Array.from(senders.values(), ({ first: { sender }, spans: own }) => ({
    resource: sender.resource,
    scopeSpans: [{ scope: sender.scope, spans: own }],
  }))
}
