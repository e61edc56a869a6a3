import { type Change, partitionKey } from '#domain/change.ts'
import { encodeChange } from '#domain/change-codec.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import { type Metrics, nopMetrics } from '#telemetry/metrics.ts'

/** Takes the changes of one request, all or none: resolves once they are in the event log. */
export type Accept = (changes: readonly Change[]) => Promise<void>

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** The end of every way in. Changes of one call become visible together. @throws AppError as `EventLog.append` */
export function acceptInto(log: EventLog, metrics: Metrics = nopMetrics): Accept {
  const accepted = metrics.counter('xtrace_ingest_accepted_total', 'Changes acknowledged, by what they speak of', [
    'kind',
  ])
  const seconds = metrics.histogram(
    'xtrace_ingest_append_seconds',
    'Time until the changes of a request are in the log',
    {
      buckets: BUCKETS_S,
    },
  )
  return async (changes) => {
    if (changes.length === 0) return
    const startedAt = performance.now()
    await log.append(changes.map((change) => ({ key: partitionKey(change), payload: encodeChange(change) })))
    seconds.observe({}, (performance.now() - startedAt) / 1000)
    for (const [kind, count] of countKinds(changes)) accepted.inc({ kind }, count)
  }
}

function countKinds(changes: readonly Change[]): ReadonlyMap<Change['kind'], number> {
  const counts = new Map<Change['kind'], number>()
  for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}
