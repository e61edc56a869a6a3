import timers from 'node:timers/promises'
import { AppError } from '#domain/errors.ts'
import type { Logger } from '#telemetry/logger.ts'

/** Runs the work until it succeeds or fails for good; `what` completes "can not … now". */
export type Retry = <T>(what: string, work: () => Promise<T>) => Promise<T>

export interface RetryOptions {
  readonly signal: AbortSignal
  readonly logger: Logger
  readonly firstDelayMs?: number
  readonly maxDelayMs?: number
  readonly onRetry?: () => void
}

/**
 * Retries whatever a retry may help, without end, at growing distances; says so once when a row of
 * failures begins and once when it ends. Rejects with a failure that is for good, and with any
 * failure once the signal aborts.
 */
export function createRetry(options: RetryOptions): Retry {
  const { signal, logger, firstDelayMs = 50, maxDelayMs = 5_000 } = options
  const pauseAfter = async (error: unknown, failures: number, what: string) => {
    if (signal.aborted || isForGood(error)) throw error
    options.onRetry?.()
    if (failures === 1) logger.warn({ err: error }, `can not ${what} now, will try again until it works`)
    const delay = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(failures, 20))
    await timers.setTimeout(delay * (0.5 + Math.random() / 2), undefined, { signal })
  }
  return async (what, work) => {
    for (let failures = 1; ; failures++) {
      try {
        const result = await work()
        if (failures > 1) logger.info({ failures: failures - 1 }, `can ${what} again`)
        return result
      } catch (error) {
        await pauseAfter(error, failures, what)
      }
    }
  }
}

function isForGood(error: unknown): boolean {
  return error instanceof AppError && !error.retryable
}
