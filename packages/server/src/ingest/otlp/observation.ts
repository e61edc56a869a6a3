import type { ObservationChange } from '#domain/change.ts'
import { observationId, traceId } from '#domain/ids.ts'
import type { ObservationType } from '#domain/observation.ts'
import { payloadText } from '#domain/payload.ts'
import { msFromNanos, nanosFromMs } from '#domain/time.ts'
import type { IngestContext } from '#ingest/context.ts'
import { changeBase } from '#ingest/sent.ts'
import { defined } from '#lib/defined.ts'
import { IS_APP_ROOT, SESSION_ID, TRACE_NAME, USER_ID } from './attributes.ts'
import { spanExperiment } from './experiment.ts'
import { findPayload } from './find-payload.ts'
import { modelParameters } from './model-parameters.ts'
import { observationType } from './observation-type.ts'
import * as fields from './span-fields.ts'
import { observationMetadata } from './span-metadata.ts'
import type { SpanSource } from './span-source.ts'
import { spanCost, spanUsage } from './usage.ts'
import { firstText, isTrue } from './values.ts'

/** The whole observation that a span is: nothing of it waits for another change. */
export function observationChange(source: SpanSource, context: IngestContext): ObservationChange {
  const { span, attributes } = source
  const { start, end } = fields.spanTimes(span, nanosFromMs(context.receivedAt))
  const type = observationType(source)
  return defined({
    kind: 'observation' as const,
    ...changeBase(context, msFromNanos(start)),
    id: observationId(span.spanId),
    traceId: traceId(span.traceId),
    parentObservationId: span.parentSpanId,
    type,
    name: fields.spanName(source) || undefined,
    startTime: start,
    endTime: end,
    completionStartTime: fields.spanCompletionStart(attributes, start),
    environment: fields.spanEnvironment(source),
    level: fields.spanLevel(source),
    statusMessage: fields.spanStatusMessage(source),
    version: fields.spanVersion(source),
    release: fields.spanRelease(source),
    ...generationFields(source, type),
    ...payloadFields(source),
    ...traceFields(source),
  })
}

function generationFields(source: SpanSource, type: ObservationType) {
  const prompt = fields.spanPrompt(source.attributes, type)
  return {
    model: fields.spanModel(source),
    modelParameters: modelParameters(source),
    usage: spanUsage(source),
    cost: spanCost(source),
    promptName: prompt.name,
    promptVersion: prompt.version,
  }
}

function payloadFields(source: SpanSource) {
  const { span, scope, attributes } = source
  const { input, output } = findPayload({ attributes, events: span.events, scopeName: scope.name })
  return { input: payloadText(input), output: payloadText(output), metadata: observationMetadata(source) }
}

/** What the span carries of its trace. */
function traceFields({ attributes }: SpanSource) {
  const tags = fields.spanTags(attributes)
  return {
    userId: firstText(attributes, USER_ID),
    sessionId: firstText(attributes, SESSION_ID),
    traceName: firstText(attributes, [TRACE_NAME]),
    tags: tags.length > 0 ? tags : undefined,
    isPublic: fields.spanIsPublic(attributes),
    isAppRoot: isTrue(attributes.get(IS_APP_ROOT)) || undefined,
    experiment: spanExperiment(attributes),
  }
}
