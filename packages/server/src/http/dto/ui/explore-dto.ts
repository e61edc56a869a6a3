import type { ObservationListRowDto, TraceGroupDto, TraceListRowDto } from '@xtrace/contract'
import { msFromNanos, type Nanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { sumOf } from '#http/dto/observation-dto.ts'
import { secondsBetween } from '#http/dto/page-dto.ts'
import type { TraceGroup } from '#query/explore/list-groups.ts'
import type { ObservationListRow } from '#query/explore/list-observations.ts'
import type { TraceListRow } from '#query/explore/list-traces.ts'

/**
 * Milliseconds since the epoch, to the microsecond: a number holds no more of an instant of today, and the whole ones
 * are those that the public API tells.
 */
export function fractionalMs(instant: Nanos): number {
  const ms = msFromNanos(instant)
  return ms + Number((instant - BigInt(ms) * 1_000_000n) / 1000n) / 1000
}

/** What every screen says of a trace. */
export const traceFacts = (trace: Trace) => ({
  id: trace.id,
  time: fractionalMs(trace.timestamp),
  name: trace.name ?? null,
  userId: trace.userId ?? null,
  sessionId: trace.sessionId ?? null,
  environment: trace.environment,
  release: trace.release ?? null,
  version: trace.version ?? null,
  tags: [...trace.tags],
  bookmarked: trace.isBookmarked,
})

export function toTraceListRowDto({
  trace,
  latency,
  cost,
  models,
  scores,
  more,
  ...sums
}: TraceListRow): TraceListRowDto {
  return {
    ...traceFacts(trace),
    input: trace.input ?? null,
    output: trace.output ?? null,
    ...sums,
    latency: latency ?? null,
    cost: cost ?? null,
    models: [...models],
    scores: [...scores],
    ...(Object.keys(more).length > 0 && { more: { ...more } }),
  }
}

export function toObservationListRowDto({ observation, more }: ObservationListRow): ObservationListRowDto {
  const { usage, startTime } = observation
  return {
    id: observation.id,
    traceId: observation.traceId,
    parentId: observation.parentObservationId ?? null,
    type: observation.type,
    name: observation.name ?? null,
    level: observation.level,
    status: observation.statusMessage ?? null,
    time: fractionalMs(startTime),
    latency: secondsBetween(startTime, observation.endTime),
    timeToFirstToken: secondsBetween(startTime, observation.completionStartTime),
    model: observation.model ?? null,
    cost: observation.totalCost ?? null,
    inputTokens: sumOf(usage, 'input') ?? 0,
    outputTokens: sumOf(usage, 'output') ?? 0,
    totalTokens: usage['total'] ?? 0,
    promptName: observation.promptName ?? null,
    promptVersion: observation.promptVersion ?? null,
    tools: [...observation.toolCallNames],
    environment: observation.environment,
    version: observation.version ?? null,
    input: observation.input ?? null,
    output: observation.output ?? null,
    ...(Object.keys(more).length > 0 && { more: { ...more } }),
  }
}

export function toTraceGroupDto({ first, last, cost, others, environments, ...group }: TraceGroup): TraceGroupDto {
  return {
    ...group,
    others: [...others],
    environments: [...environments],
    first: fractionalMs(first),
    last: fractionalMs(last),
    cost: cost ?? null,
  }
}
