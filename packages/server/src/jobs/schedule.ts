import timers from 'node:timers/promises'
import type { Logger } from '#telemetry/logger.ts'

export interface ScheduleOptions {
  /** For the log. */
  readonly name: string
  /** Milliseconds before the first run. */
  readonly firstAfterMs: number
  /** Milliseconds between the end of a run and the next one. */
  readonly everyMs: number
  readonly logger: Logger
  /** One run; the signal aborts when it must end. */
  readonly run: (signal: AbortSignal) => Promise<void>
}

export interface Schedule {
  /** Ends the run under way, if there is one, and waits for its end. */
  stop(): Promise<void>
}

/** Runs a job again and again, never two at a time, until stopped; a run that fails is logged and tried again at its time. */
export function startSchedule({ name, firstAfterMs, everyMs, logger, run }: ScheduleOptions): Schedule {
  const stopping = new AbortController()
  const { signal } = stopping
  const loop = async () => {
    for (let pause = firstAfterMs; !signal.aborted; pause = everyMs) {
      await timers.setTimeout(pause, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      await run(signal).catch((err: unknown) => {
        if (!signal.aborted) logger.error({ err, job: name }, 'A job failed and is tried again later')
      })
    }
  }
  const ended = loop()
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}
