/**
 * Takes one partition of the log into the store, flush by flush. Under load the next flush is made
 * ready while the store takes the present one; they are delivered one after the other all the same,
 * and the cursor follows what was delivered.
 */
import type { EventLog, LogBatch, Position } from '#eventlog/event-log.ts'
import type { ReadBarrier } from '#eventlog/read-barrier.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Flush, Prepared } from './flush.ts'
import { type Gathered, gather } from './gather.ts'
import { isTooLarge } from './look-up.ts'
import { createPace } from './pace.ts'
import type { WriterMetrics } from './writer-metrics.ts'

export interface PartitionLoopOptions {
  readonly partition: number
  readonly log: EventLog
  readonly barrier: ReadBarrier
  readonly flush: Flush
  readonly writerMetrics: WriterMetrics
  readonly logger: Logger
  /** Waits between flushes; shorter when the signal aborts, or the writer must end. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** The cursor is made durable when the writer falls idle and otherwise this often: what it lags behind is replayed. */
const COMMIT_INTERVAL_MS = 500
/** With less than this in the log, the next flush had better wait and take more. */
const ENOUGH_BYTES = 4 * 1024 * 1024

/** A flush that was gathered and made ready. */
interface Ready {
  readonly gathered: Gathered
  readonly prepared: Prepared
}

export class PartitionLoop {
  readonly #options: PartitionLoopOptions
  readonly #pace = createPace()
  cursor: Position
  /** What lies before this may be in the store although the cursor did not say so. */
  #replayUntil: Position
  #committedAt = 0
  #ahead: Ready | undefined

  constructor(options: PartitionLoopOptions) {
    this.#options = options
    this.cursor = options.log.committed(options.partition)
    this.#replayUntil = options.log.head(options.partition)
  }

  /** Stores the next batches. When it rejects, `distrust` MUST come before the next call. */
  async flushNext(): Promise<void> {
    const { log, partition, barrier, writerMetrics } = this.#options
    if (!this.#ahead) await this.#wait()
    const startedAt = performance.now()
    const { gathered, prepared } = this.#ahead ?? (await this.#prepare(this.cursor))
    this.#ahead = undefined
    const delivery = prepared.deliver()
    // Awaited below; a rejection in the meantime is not forgotten.
    delivery.catch(() => {})
    this.#ahead = await this.#prepareAhead(gathered.reached, delivery)
    if (!(await delivery)) this.#dropAhead()
    const { batches, reached } = gathered
    this.cursor = reached
    barrier.stored(partition, reached)
    const bytes = batches.reduce((sum, batch) => sum + batch.next - batch.position, 0)
    this.#pace.flushed({ startedAt, batches: batches.length, bytes })
    writerMetrics.flushed(batches.length, (performance.now() - startedAt) / 1000)
    const isIdle = log.head(partition) <= reached
    if (isIdle || performance.now() - this.#committedAt > COMMIT_INTERVAL_MS) await this.commit()
  }

  /** Until the next flush is due: a read waits for it, enough is in the log, or it has waited for long enough. */
  async #wait(): Promise<void> {
    const { log, partition, barrier, pause } = this.#options
    await pause(this.#pace.delay(performance.now()))
    const patience = this.#pace.patience(performance.now())
    if (patience === 0) return
    const over = new AbortController()
    try {
      await Promise.race([
        pause(patience, over.signal),
        barrier.awaited(partition, over.signal),
        log.waitBeyond(partition, this.cursor + ENOUGH_BYTES, over.signal),
      ])
    } finally {
      over.abort()
    }
  }

  /** A flush that failed may have stored some of its rows. */
  distrust(): void {
    this.#dropAhead()
    this.#replayUntil = this.#options.log.head(this.#options.partition)
  }

  /** Tells the log how far the store is. A failure costs a replay at the next start, nothing else. */
  async commit(): Promise<void> {
    const { log, partition, logger } = this.#options
    this.#committedAt = performance.now()
    try {
      await log.commit(partition, this.cursor)
    } catch (err) {
      logger.warn({ err, partition }, 'the cursor of the event log can not be written now')
    }
  }

  #dropAhead(): void {
    this.#ahead = undefined
    this.#options.flush.forget()
  }

  async #prepare(from: Position): Promise<Ready> {
    const { log, partition } = this.#options
    const gathered = await gather(log, partition, from)
    const options = { isReplay: from < this.#replayUntil }
    return { gathered, prepared: await this.#prepareInParts(gathered.batches, options) }
  }

  /** As `Flush.prepare`, but with fewer batches at once where the store is asked for too much; those follow one another. */
  async #prepareInParts(batches: readonly LogBatch[], options: { readonly isReplay: boolean }): Promise<Prepared> {
    const { flush } = this.#options
    try {
      return await flush.prepare(batches, options)
    } catch (error) {
      if (batches.length < 2 || !isTooLarge(error)) throw error
    }
    flush.forget()
    const middle = Math.ceil(batches.length / 2)
    return {
      deliver: async () => {
        let isWhole = true
        for (const part of [batches.slice(0, middle), batches.slice(middle)]) {
          const prepared = await this.#prepareInParts(part, options)
          const isPartWhole = await prepared.deliver()
          if (!isPartWhole) flush.forget()
          isWhole &&= isPartWhole
        }
        return isWhole
      },
    }
  }

  /** The flush after this one, if there is enough for it; undefined too when it can't be made ready now. */
  async #prepareAhead(from: Position, before: Promise<unknown>): Promise<Ready | undefined> {
    const { log, partition, flush } = this.#options
    if (from < this.#replayUntil || log.head(partition) - from < ENOUGH_BYTES) return undefined
    try {
      const gathered = await gather(log, partition, from)
      return { gathered, prepared: await flush.prepare(gathered.batches, { isReplay: false, before }) }
    } catch {
      // Tried again when its turn comes, and told of then. What it noted must not be built upon.
      await before.catch(() => {})
      flush.forget()
      return undefined
    }
  }
}
