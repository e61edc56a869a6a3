import type { ObservationChange, TraceChange } from '#domain/change.ts'
import { type TraceId, traceId } from '#domain/ids.ts'
import { nanosFromMs } from '#domain/time.ts'

/**
 * One change for each trace that the observations belong to, so that no observation is ever without
 * a trace: nothing may depend on a trace record having been sent (langfuse-ingestion contract
 * §10.1). Of several observations of a trace the one with the earliest `at` speaks. An update that
 * names no trace says nothing of one, for its observation may already belong elsewhere.
 */
export function placeholderTraces(observations: readonly ObservationChange[]): TraceChange[] {
  const earliest = new Map<TraceId, ObservationChange>()
  for (const observation of observations) {
    const id = traceOf(observation)
    if (id === undefined) continue
    const known = earliest.get(id)
    if (!known || observation.at < known.at) earliest.set(id, observation)
  }
  return [...earliest].map(([id, observation]) => placeholder(id, observation))
}

function traceOf(observation: ObservationChange): TraceId | undefined {
  if (observation.traceId !== undefined) return observation.traceId
  return observation.isUpdate ? undefined : traceId(observation.id)
}

function placeholder(id: TraceId, observation: ObservationChange): TraceChange {
  const { projectId, at, receivedAt, origin, environment, startTime, name } = observation
  const isAlone = observation.traceId === undefined
  return {
    kind: 'trace',
    projectId,
    id,
    at,
    receivedAt,
    origin,
    fallback: {
      timestamp: startTime ?? nanosFromMs(at),
      ...(environment !== undefined && { environment }),
      // An observation sent without a trace is one that its client takes for the whole of it.
      ...(isAlone && name && { name }),
    },
  }
}
