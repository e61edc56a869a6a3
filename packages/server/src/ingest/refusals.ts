/** What ingest could not take: counted and logged here, so that nothing is ever lost without a trace. */
import type { Logger } from '#telemetry/logger.ts'
import type { Metrics } from '#telemetry/metrics.ts'

/** Something that was sent but is not stored. */
export interface Refusal {
  /** As the client sent it; may be absent or nonsense. */
  readonly id: string | null
  readonly reason: string
}

export interface Refusals {
  /** Records that the answer refused. `via` is the way in, such as `ingestion`. */
  refused(via: string, records: readonly Refusal[]): void
  /** Scores that the answer accepted and that their configuration refuses. */
  dropped(scores: readonly Refusal[]): void
  /** What SDKs report about themselves. */
  sdkLogs(logs: readonly unknown[]): void
}

/** One request must not flood the log: of its refusals the first few are told, all are counted. */
const LOGGED_PER_REQUEST = 5
const MAX_LOG_CHARACTERS = 2000

export function createRefusals({ metrics, logger }: { metrics: Metrics; logger: Logger }): Refusals {
  const refusedCount = metrics.counter('xtrace_ingest_refused_total', 'Records that ingest refused', ['via'])
  const droppedCount = metrics.counter(
    'xtrace_scores_dropped_total',
    'Scores that were acknowledged and then refused by their configuration',
  )
  const log = (records: readonly Refusal[], message: string) => {
    if (records.length === 0) return
    const first = records.slice(0, LOGGED_PER_REQUEST).map(({ id, reason }) => ({ id: cut(id), reason: cut(reason) }))
    logger.warn({ count: records.length, first }, message)
  }
  return {
    refused(via, records) {
      if (records.length > 0) refusedCount.inc({ via }, records.length)
      log(records, 'records refused')
    },
    dropped(scores) {
      if (scores.length > 0) droppedCount.inc({}, scores.length)
      log(scores, 'scores dropped')
    },
    sdkLogs(logs) {
      for (const entry of logs.slice(0, LOGGED_PER_REQUEST)) {
        logger.info({ sdkLog: cut(JSON.stringify(entry)) }, 'an SDK reports')
      }
    },
  }
}

function cut(text: string | null): string | null {
  return text === null ? null : text.slice(0, MAX_LOG_CHARACTERS)
}
