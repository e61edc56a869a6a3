/** Under load a flush waits this long after the one before, so that a table sees about ten inserts a second. */
const INTERVAL_MS = 100
/** A flush that took more than this in was under load: others were writing meanwhile. */
const FEW_BATCHES = 8
const FEW_BYTES = 64 * 1024

/** Decides when to flush: at once for one who writes now and then, gathered when many do. */
export interface Pace {
  /** Milliseconds to wait before the next flush. */
  delay(now: number): number
  flushed(flush: { readonly startedAt: number; readonly batches: number; readonly bytes: number }): void
}

export function createPace(): Pace {
  let notBefore = 0
  return {
    delay: (now) => Math.max(0, notBefore - now),
    flushed({ startedAt, batches, bytes }) {
      const isLoaded = batches > FEW_BATCHES || bytes > FEW_BYTES
      notBefore = isLoaded ? startedAt + INTERVAL_MS : 0
    },
  }
}
