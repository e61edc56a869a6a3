/**
 * The writer takes what the event log holds into the store: one loop a partition reads batches from
 * the cursor on, folds them, inserts rows and moves the cursor. Nothing waits for it but reads, at
 * the barrier. It never drops a change: what can't be stored becomes a dead letter, and a store that
 * is away is waited for.
 */
import type { ModelFinder, TokenCounter } from '#domain/model.ts'
import type { PromptFinder } from '#domain/prompt.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import type { ReadBarrier } from '#eventlog/read-barrier.ts'
import type { StoredFeed } from '#eventlog/stored-feed.ts'
import { createOneAtATime, type OneAtATime } from '#lib/one-at-a-time.ts'
import { pause } from '#lib/pause.ts'
import type { Engine } from '#store/engine.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Metrics } from '#telemetry/metrics.ts'
import { openDeadLetters } from './dead-letters.ts'
import { createFlush, type Flush } from './flush.ts'
import { PartitionLoop } from './partition-loop.ts'
import { createRetry } from './retry.ts'
import { createWriterMetrics, type WriterMetrics } from './writer-metrics.ts'

export interface WriterOptions {
  readonly log: EventLog
  readonly engine: Engine
  readonly barrier: ReadBarrier
  /** Where those who watch learn of what is stored; nobody watches when absent. */
  readonly feed?: StoredFeed
  readonly models: ModelFinder
  readonly prompts: PromptFinder
  readonly tokens: TokenCounter
  readonly logger: Logger
  readonly metrics: Metrics
  /** Folder of the dead letters, made when the first one comes. */
  readonly deadLetterDir: string
  /** What they may take; past it, the oldest go. 256 MiB when absent. */
  readonly deadLetterMaxBytes?: number
  /** How long `stop` waits for the log to be stored. */
  readonly stopTimeoutMs?: number
}

export interface Writer {
  /** Stores what the log holds, within the time allowed, and ends. What is left is read at the next start. */
  stop(): Promise<void>
  /** Bytes of the log that are not in the store yet, or were not half a second ago. */
  lag(): number
  /** Runs the work while nothing is being stored, and no earlier batch is half stored. What arrives meanwhile waits in the log. */
  between<T>(work: () => Promise<T>): Promise<T>
}

const STOP_TIMEOUT_MS = 10_000
const DEAD_LETTER_BYTES = 256 * 1024 * 1024

/** Starts the loops; they run until `stop`. */
export function startWriter(options: WriterOptions): Writer {
  const { log, logger, stopTimeoutMs = STOP_TIMEOUT_MS } = options
  const abort = new AbortController()
  const stopping = new AbortController()
  const partitions = Array.from({ length: log.partitions }, (_, partition) => partition)
  const lag = () => log.backlogBytes()
  const metrics = createWriterMetrics(options.metrics, logger, lag)
  const retry = createRetry({ signal: abort.signal, logger, onRetry: metrics.retried })
  const flush = createFlush({
    ...options,
    retry,
    deadLetters: openDeadLetters({
      dir: options.deadLetterDir,
      maxBytes: options.deadLetterMaxBytes ?? DEAD_LETTER_BYTES,
      onDiscarded: metrics.discarded,
    }),
    onStored: metrics.stored,
    onRefused: metrics.refused,
  })
  const learning = flush.learnIds(abort.signal).catch((err: unknown) => {
    if (!abort.signal.aborted) logger.error({ err }, 'the ids of the store can not be read; more is looked up instead')
  })
  const oneAtATime = createOneAtATime()
  const loops = partitions.map((partition) =>
    runPartition({
      ...options,
      partition,
      flush,
      oneAtATime,
      writerMetrics: metrics,
      abort: abort.signal,
      stopping: stopping.signal,
    }),
  )
  return {
    lag,
    between: oneAtATime,
    async stop() {
      stopping.abort()
      const timer = setTimeout(() => abort.abort(), stopTimeoutMs)
      await Promise.all(loops)
      clearTimeout(timer)
      abort.abort()
      await learning
      if (lag() > 0) logger.warn({ bytes: lag() }, 'stopped before all of the event log was stored; it is kept')
    },
  }
}

interface PartitionOptions extends WriterOptions {
  readonly partition: number
  readonly flush: Flush
  /** Held while a flush is under way. */
  readonly oneAtATime: OneAtATime
  readonly writerMetrics: WriterMetrics
  /** Ends the loop now. */
  readonly abort: AbortSignal
  /** Ends the loop once the log is stored. */
  readonly stopping: AbortSignal
}

/** Resolves when the loop has ended; never rejects. */
async function runPartition(options: PartitionOptions): Promise<void> {
  const { log, partition, abort, stopping, logger } = options
  const loop = new PartitionLoop({
    ...options,
    pause: (ms, over) => pause(ms, over ? [stopping, over] : [stopping]),
  })
  for (let failures = 0; !abort.aborted; ) {
    try {
      await log.waitBeyond(partition, loop.cursor, stopping)
      if (stopping.aborted && log.head(partition) <= loop.cursor) break
      await options.oneAtATime(() => loop.flushNext())
      failures = 0
    } catch (error) {
      if (abort.aborted) break
      logger.error({ err: error, partition }, 'a flush failed and is tried again')
      loop.distrust()
      failures += 1
      await pause(Math.min(5_000, 100 * 2 ** failures), [abort])
    }
  }
  await loop.commit()
}
