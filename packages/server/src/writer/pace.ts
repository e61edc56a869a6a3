/** Under load a flush waits this long after the one before, so that a table sees about ten inserts a second. */
const INTERVAL_MS = 100
/** And this long while no read waits for it: larger inserts cost less, less is merged, and callers wait less for the disk. */
const UNAWAITED_MS = 400
/** A flush that took more than this in was under load: others were writing meanwhile. */
const FEW_BATCHES = 8
const FEW_BYTES = 64 * 1024

/** Decides when to flush: at once for one who writes now and then, gathered when many do. */
export interface Pace {
  /** Milliseconds to wait before the next flush. */
  delay(now: number): number
  /** Milliseconds that it may wait while no read wants it. */
  patience(now: number): number
  flushed(flush: { readonly startedAt: number; readonly batches: number; readonly bytes: number }): void
}

export function createPace(): Pace {
  /** When the last flush began, if it was under load. */
  let loadedAt = Number.NEGATIVE_INFINITY
  return {
    delay: (now) => Math.max(0, loadedAt + INTERVAL_MS - now),
    patience: (now) => Math.max(0, loadedAt + UNAWAITED_MS - now),
    flushed({ startedAt, batches, bytes }) {
      loadedAt = batches > FEW_BATCHES || bytes > FEW_BYTES ? startedAt : Number.NEGATIVE_INFINITY
    },
  }
}
