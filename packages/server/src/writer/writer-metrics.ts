import type { Table } from '#store/engine.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Metrics } from '#telemetry/metrics.ts'
import type { Refusal } from './located.ts'

/** What the writer counts. */
export interface WriterMetrics {
  stored(table: Table, rows: number): void
  refused(refusals: readonly Refusal[]): void
  /** A file of dead letters went, as all of them took too much room. */
  discarded(file: string, bytes: number): void
  flushed(batches: number, seconds: number): void
  retried(): void
}

/** `lag`: bytes of the log that are not in the store yet. */
export function createWriterMetrics(metrics: Metrics, logger: Logger, lag: () => number): WriterMetrics {
  const rows = metrics.counter('xtrace_writer_rows_stored_total', 'Rows stored, by table', ['table'])
  const batches = metrics.counter('xtrace_writer_batches_total', 'Batches of the event log stored')
  const letters = metrics.counter('xtrace_writer_dead_letters_total', 'Changes that could not be stored', ['stage'])
  const discarded = metrics.counter(
    'xtrace_writer_dead_letters_discarded_bytes_total',
    'Dead letters gone for want of room',
  )
  const retries = metrics.counter('xtrace_writer_retries_total', 'Attempts repeated because the store did not answer')
  const seconds = metrics.histogram(
    'xtrace_writer_flush_seconds',
    'From the first look at a flush until it is stored',
    {
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    },
  )
  metrics.gauge('xtrace_writer_lag_bytes', 'Bytes of the event log that are not stored yet', lag)
  return {
    stored: (table, count) => rows.inc({ table }, count),
    refused(refusals) {
      for (const { stage, reason, next, index } of refusals) {
        letters.inc({ stage })
        logger.error(
          { stage, reason, position: next, index },
          'a change can not be stored and is kept as a dead letter',
        )
      }
    },
    discarded(file, bytes) {
      discarded.inc({}, bytes)
      logger.error({ file, bytes }, 'the oldest dead letters are gone, as all of them took too much room')
    },
    flushed(count, duration) {
      batches.inc({}, count)
      seconds.observe({}, duration)
    },
    retried: () => retries.inc({}),
  }
}
