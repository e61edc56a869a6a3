import type { GenerationBody, IngestionEvent } from '@xtrace/contract'
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
import { clearable, environment, given, instant } from '#ingest/sent.ts'
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

/** The fields of every body; those that a type does not have were dropped by its schema. */
type AnyBody = Omit<Partial<GenerationBody>, 'id'> & { readonly id?: string | null | undefined }

/**
 * What an event of any of the observation types says. `startTime` stays absent when the client sent
 * none: the fold then takes the merge time of the first event. A link to a prompt is kept whether or
 * not the prompt is known here, for it says what the client ran.
 *
 * One flat literal on purpose: spreading parts into it costs more than all the rest of the work.
 */
export function toObservationChange(
  event: ObservationEvent,
  placed: Omit<PlacedEvent, 'event'>,
  context: IngestContext,
): ObservationChange {
  const body: AnyBody = event.body
  const maps = usageAndCost(body)
  const hasPrompt = isPromptVersion(body.promptVersion)
  return defined({
    kind: 'observation' as const,
    projectId: context.projectId,
    at: placed.at,
    receivedAt: context.receivedAt,
    origin: context.origin,
    isUpdate: placed.isUpdate || undefined,
    id: observationId(body.id ?? event.id),
    traceId: body.traceId ? traceId(body.traceId) : undefined,
    type: typeOf(event),
    name: clearable(body.name),
    startTime: instant(body.startTime),
    endTime: instant(body.endTime),
    completionStartTime: instant(body.completionStartTime),
    parentObservationId: given(body.parentObservationId),
    environment: environment(body.environment),
    level: body.level,
    statusMessage: given(body.statusMessage),
    version: given(body.version),
    model: clearable(body.model),
    modelParameters: payloadText(placed.exactParameters ?? body.modelParameters),
    input: payloadText(body.input),
    output: payloadText(body.output),
    metadata: metadataText(body.metadata),
    usage: maps.usage,
    cost: maps.cost,
    promptName: hasPrompt ? given(body.promptName) : undefined,
    promptVersion: hasPrompt ? given(body.promptVersion) : undefined,
  })
}

function typeOf(event: ObservationEvent): ObservationType {
  if (event.type === 'observation-create' || event.type === 'observation-update') return event.body.type
  return TYPES[event.type]
}

function isPromptVersion(version: number | null | undefined): boolean {
  return typeof version === 'number' && version > 0 && version <= MAX_PROMPT_VERSION
}

function usageAndCost({ usage, usageDetails, costDetails }: AnyBody): ReturnType<typeof providedMaps> {
  if (!usage && !usageDetails && !costDetails) return {}
  return providedMaps({
    usage: checkedValue(normaliseUsage(usage)),
    usageDetails: checkedValue(normaliseUsageDetails(usageDetails)),
    costDetails: checkedValue(normaliseCostDetails(costDetails)),
  })
}

/** The wire's schema has refused whatever these readers refuse. */
function checkedValue<T>(checked: Checked<T>): T | undefined {
  return checked.ok ? checked.value : undefined
}
