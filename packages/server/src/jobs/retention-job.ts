import type { Logger } from '#telemetry/logger.ts'
import type { Metrics } from '#telemetry/metrics.ts'
import { type RetentionOptions, type RetentionOutcome, runRetention } from './retention.ts'
import { type Schedule, startSchedule } from './schedule.ts'

export interface RetentionJobOptions extends RetentionOptions {
  readonly logger: Logger
  readonly metrics: Metrics
}

const MINUTE_MS = 60_000
/** After the start has had the machine to itself. */
const FIRST_AFTER_MS = MINUTE_MS
/** Bounds are midnights: most runs find nothing to do, and say so in a few queries. */
const EVERY_MS = 60 * MINUTE_MS

/** Runs retention now and then until stopped, and counts what it took away. */
export function startRetention(options: RetentionJobOptions): Schedule {
  const { logger, metrics } = options
  const removed = metrics.counter('xtrace_retention_rows_removed_total', 'Rows removed by retention', ['table'])
  const stripped = metrics.counter('xtrace_retention_rows_stripped_total', 'Rows whose payload was removed', ['table'])
  const files = metrics.counter('xtrace_retention_media_removed_total', 'Media removed by retention')
  const runs = metrics.counter('xtrace_retention_runs_total', 'Runs of retention, by outcome', ['outcome'])
  let succeededAt = 0
  metrics.gauge(
    'xtrace_retention_last_success_seconds',
    'When retention last ran to its end; 0 before',
    () => succeededAt,
  )
  const count = ({ rowsRemoved, rowsStripped, mediaRemoved }: RetentionOutcome) => {
    for (const [table, rows] of Object.entries(rowsRemoved)) removed.inc({ table }, rows)
    for (const [table, rows] of Object.entries(rowsStripped)) stripped.inc({ table }, rows)
    files.inc({}, mediaRemoved)
  }
  return startSchedule({
    name: 'retention',
    firstAfterMs: FIRST_AFTER_MS,
    everyMs: EVERY_MS,
    logger,
    async run(signal) {
      try {
        const outcome = await runRetention(options, signal)
        count(outcome)
        runs.inc({ outcome: 'done' })
        succeededAt = Date.now() / 1000
        if (hasRemoved(outcome)) logger.info(outcome, 'Retention removed records')
      } catch (error) {
        runs.inc({ outcome: signal.aborted ? 'stopped' : 'failed' })
        throw error
      }
    },
  })
}

const hasRemoved = ({ rowsRemoved, rowsStripped, mediaRemoved }: RetentionOutcome): boolean =>
  mediaRemoved > 0 || [rowsRemoved, rowsStripped].some((rows) => Object.values(rows).some((count) => count > 0))
