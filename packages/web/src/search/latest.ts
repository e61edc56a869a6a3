/** To which a rolling range is rounded up, so that what was read stays good for a moment. */
const STEP_MS = 10_000
/** How long a page takes to come up, during which all that it asks is about the same span. */
const OPENING_MS = 5_000

/** Where a rolling range ends. */
export const latest = (nowMs = Date.now()): number => Math.ceil(nowMs / STEP_MS) * STEP_MS

/** The same, as a page asks that has just been opened. */
export function latestOfPage(openedMs = performance.timeOrigin, nowMs = Date.now()): number {
  return latest(nowMs - openedMs < OPENING_MS ? openedMs : nowMs)
}
