import type { NativeObservation } from '@xtrace/contract'
import type { ObservationChange } from '#domain/change.ts'
import { observationId, traceId } from '#domain/ids.ts'
import { metadataText, payloadText } from '#domain/payload.ts'
import { clampNanos, type Nanos, nanosFromMs } from '#domain/time.ts'
import type { IngestContext } from '#ingest/context.ts'
import { environment, given, instant } from '#ingest/sent.ts'
import { defined } from '#lib/defined.ts'
import { usageAndCost } from './usage.ts'

/** About 31 000 years: beyond what the store can hold, and far below where arithmetic would fail. */
const MAX_MS = 1e15

/** The store keeps a prompt's version in 32 bits. */
const MAX_PROMPT_VERSION = 2 ** 32 - 1

/**
 * What an observation record says; null says nothing (xtrace-native contract §3). A type that was not
 * sent stays absent, lest a later record make a generation of a span; the fold's default is GENERATION.
 */
export function toObservationChange(sent: NativeObservation, context: IngestContext): ObservationChange {
  const { startTime, endTime, completionStartTime } = times(sent, context.receivedAt)
  const { usage, cost } = usageAndCost(sent)
  return defined({
    kind: 'observation' as const,
    projectId: context.projectId,
    at: context.receivedAt,
    receivedAt: context.receivedAt,
    origin: context.origin,
    id: observationId(sent.id),
    traceId: traceId(sent.traceId),
    type: given(sent.type),
    name: given(sent.name),
    startTime,
    endTime,
    completionStartTime,
    parentObservationId: given(sent.parentObservationId),
    environment: environment(sent.environment),
    level: given(sent.level),
    statusMessage: given(sent.statusMessage),
    version: given(sent.version),
    model: given(sent.model),
    modelParameters: objectText(sent.modelParameters),
    input: payloadText(sent.input),
    output: payloadText(sent.output),
    metadata: metadataText(sent.metadata),
    promptId: given(sent.promptId),
    promptName: given(sent.promptName),
    promptVersion: promptVersion(sent.promptVersion),
    usage,
    cost,
  })
}

/** Durations in seconds give the instants that were not sent; the start counts as receipt when nothing tells it. */
function times(sent: NativeObservation, receivedAt: number) {
  const latency = durationNs(sent.latency)
  const timeToFirstToken = durationNs(sent.timeToFirstToken)
  const end = instant(sent.endTime)
  const startTime =
    instant(sent.startTime) ?? (end !== undefined && latency !== undefined ? clampNanos(end - latency) : undefined)
  const start = startTime ?? nanosFromMs(receivedAt)
  return {
    startTime,
    endTime: end ?? after(start, latency),
    completionStartTime: instant(sent.completionStartTime) ?? after(start, timeToFirstToken),
  }
}

function durationNs(seconds: number | null | undefined): Nanos | undefined {
  if (seconds === null || seconds === undefined || seconds < 0) return undefined
  return nanosFromMs(Math.min(seconds * 1000, MAX_MS))
}

function after(start: Nanos, duration: Nanos | undefined): Nanos | undefined {
  return duration === undefined ? undefined : clampNanos(start + duration)
}

function objectText(value: unknown): string | undefined {
  const text = typeof value === 'object' ? payloadText(value) : undefined
  return text?.startsWith('{') && text !== '{}' ? text : undefined
}

function promptVersion(sent: string | number | null | undefined): number | undefined {
  const version = typeof sent === 'string' && /^\d+$/.test(sent) ? Number(sent) : sent
  if (typeof version !== 'number' || !Number.isInteger(version)) return undefined
  return version >= 0 && version <= MAX_PROMPT_VERSION ? version : undefined
}
