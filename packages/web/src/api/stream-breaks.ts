/** How soon after a stream is back it is told that the break was too long. */
const TOLD_WITHIN_MS = 5000

/** The breaks of a stream that comes back by itself. */
export interface StreamBreaks {
  /** The line is cut; said again at each failing attempt. */
  lost(): void
  /** It is open, again or for the first time. */
  open(): void
  /** For how long it was cut, asked when the list has to be read anew; undefined when that is for another reason. */
  missedMs(): number | undefined
}

export function createStreamBreaks(now: () => number = Date.now): StreamBreaks {
  let lostAtMs: number | undefined
  let last = { atMs: Number.NEGATIVE_INFINITY, missedMs: 0 }
  return {
    lost: () => {
      lostAtMs ??= now()
    },
    open: () => {
      if (lostAtMs !== undefined) last = { atMs: now(), missedMs: now() - lostAtMs }
      lostAtMs = undefined
    },
    missedMs: () => (now() - last.atMs <= TOLD_WITHIN_MS ? last.missedMs : undefined),
  }
}
