import type { Reader } from '#query/reader.ts'

/** What a question may take before it shows what it has. */
export interface Budget {
  /** Milliseconds; none, or fewer, once it is used up. */
  leftMs(): number
}

/** Runs from now on. `now`: milliseconds of a clock that never goes back. */
export function startBudget(ms: number, now: () => number = () => performance.now()): Budget {
  const endsAt = now() + ms
  return { leftMs: () => endsAt - now() }
}

const MS_PER_SECOND = 1000

/**
 * The same reader for questions that may take so long each, in whole seconds, as the engine counts; as long as it lets
 * them when absent.
 */
export const hurried = (reader: Reader, ms: number | undefined): Reader =>
  ms === undefined ? reader : { ...reader, maxSeconds: Math.max(1, Math.ceil(ms / MS_PER_SECOND)) }
