import type { GenerationBody, IngestionEvent, LegacyObservationBody } from '@xtrace/contract'
import type { ObservationChange } from '#domain/change.ts'
import { observationId, traceId } from '#domain/ids.ts'
import type { ObservationType } from '#domain/observation.ts'
import { metadataText, payloadText } from '#domain/payload.ts'
import {
  type Checked,
  normaliseCostDetails,
  normaliseUsage,
  normaliseUsageDetails,
  providedMaps,
} from '#domain/usage.ts'
import type { IngestContext } from '#ingest/context.ts'
import { changeBase, clearable, environment, given, instant } from '#ingest/sent.ts'
import { defined } from '#lib/defined.ts'
import type { PlacedEvent } from './merge-order.ts'

export type ObservationEvent = Exclude<IngestionEvent, { type: 'trace-create' | 'score-create' | 'sdk-log' }>

const TYPES: Readonly<Record<Exclude<ObservationEvent['type'], `observation-${string}`>, ObservationType>> = {
  'span-create': 'SPAN',
  'span-update': 'SPAN',
  'event-create': 'EVENT',
  'generation-create': 'GENERATION',
  'generation-update': 'GENERATION',
  'agent-create': 'AGENT',
  'tool-create': 'TOOL',
  'chain-create': 'CHAIN',
  'retriever-create': 'RETRIEVER',
  'evaluator-create': 'EVALUATOR',
  'embedding-create': 'EMBEDDING',
  'guardrail-create': 'GUARDRAIL',
}

/** The store keeps a prompt's version in 32 bits. */
const MAX_PROMPT_VERSION = 2 ** 32 - 1

/**
 * What an event of any of the observation types says. `startTime` stays absent when the client sent
 * none: the fold then takes the merge time of the first event.
 */
export function toObservationChange(
  event: ObservationEvent,
  placed: Omit<PlacedEvent, 'event'>,
  context: IngestContext,
): ObservationChange {
  const { body } = event
  return defined({
    ...changeBase(context, placed.at),
    kind: 'observation' as const,
    isUpdate: placed.isUpdate || undefined,
    id: observationId(body.id ?? event.id),
    traceId: body.traceId ? traceId(body.traceId) : undefined,
    name: clearable(body.name),
    startTime: instant(body.startTime),
    parentObservationId: given(body.parentObservationId),
    level: body.level,
    statusMessage: given(body.statusMessage),
    version: given(body.version),
    input: payloadText(body.input),
    output: payloadText(body.output),
    metadata: metadataText(body.metadata),
    ...typeFields(event, placed),
  })
}

/** What only some types have. */
function typeFields(event: ObservationEvent, { exactParameters }: Pick<PlacedEvent, 'exactParameters'>) {
  switch (event.type) {
    case 'event-create':
      return { type: TYPES[event.type], environment: environment(event.body.environment) }
    case 'span-create':
    case 'span-update': {
      const { body } = event
      return { type: TYPES[event.type], environment: environment(body.environment), endTime: instant(body.endTime) }
    }
    case 'observation-create':
    case 'observation-update':
      return { type: event.body.type, ...generationFields(event.body, exactParameters) }
    default: {
      const { body } = event
      return {
        type: TYPES[event.type],
        environment: environment(body.environment),
        ...generationFields(body, exactParameters),
        ...promptFields(body),
      }
    }
  }
}

function generationFields(body: GenerationBody | LegacyObservationBody, exactParameters: unknown) {
  const { usage, cost } = providedMaps({
    usage: checkedValue(normaliseUsage(body.usage)),
    usageDetails: checkedValue(normaliseUsageDetails(body.usageDetails)),
    costDetails: checkedValue(normaliseCostDetails(body.costDetails)),
  })
  return {
    endTime: instant(body.endTime),
    completionStartTime: instant(body.completionStartTime),
    model: clearable(body.model),
    modelParameters: payloadText(exactParameters ?? body.modelParameters),
    usage,
    cost,
  }
}

/** The link is kept whether or not the prompt is known here: it says what the client ran. */
function promptFields({ promptName, promptVersion }: GenerationBody) {
  const isVersion = typeof promptVersion === 'number' && promptVersion > 0 && promptVersion <= MAX_PROMPT_VERSION
  return isVersion && promptName ? { promptName, promptVersion } : {}
}

/** The wire's schema has refused whatever these readers refuse. */
function checkedValue<T>(checked: Checked<T>): T | undefined {
  return checked.ok ? checked.value : undefined
}
