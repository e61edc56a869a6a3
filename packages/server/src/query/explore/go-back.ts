/**
 * Looks through a span of time from its end to its beginning, in steps that widen as long as they are quick, and stops
 * when what it may take is used up: what was found until then can be shown, and the search gone on with.
 */
import { AppError } from '#domain/errors.ts'
import type { Nanos } from '#domain/time.ts'
import type { Span } from '#query/newest-first.ts'

/** What a search may take before it shows what it has. */
export interface Budget {
  readonly ms: number
  /** Milliseconds of a clock that never goes back. */
  now(): number
}

interface Search {
  /** What is later belongs to the first step. */
  readonly start: Nanos
  readonly from: Nanos
  readonly budget: Budget
  /** Looks into one step; true when no more is needed. @throws AppError as `Engine.query` */
  look(step: Span & { readonly from: Nanos }): Promise<boolean>
}

const NS_PER_HOUR = 3_600_000_000_000n
/** A step is at most so many times as wide as the one before. */
const WIDENING = 24

/**
 * Back to which instant it looked, when it stopped before the beginning; undefined when nothing is left to find. At least
 * one step is done, so that whoever goes on gets on.
 */
export async function goBack({ start, from, budget, look }: Search): Promise<Nanos | undefined> {
  const startedMs = budget.now()
  let before: Nanos | undefined
  let width = NS_PER_HOUR
  for (;;) {
    const end = before ?? start
    const step = { before, from: end - width > from ? end - width : from }
    const lookedMs = budget.now()
    try {
      if ((await look(step)) || step.from === from) return undefined
    } catch (error) {
      // What the engine refuses of an older step takes back nothing of what the newer ones gave.
      if (before !== undefined && error instanceof AppError && error.code === 'query_too_heavy') return before
      throw error
    }
    const nowMs = budget.now()
    const leftMs = budget.ms - (nowMs - startedMs)
    if (leftMs <= 0) return step.from
    width = widened(width, leftMs / Math.max(nowMs - lookedMs, 1))
    before = step.from
  }
}

/** As wide as what is left allows at the pace of the last step. */
function widened(width: Nanos, share: number): Nanos {
  const next = (width * BigInt(Math.round(Math.min(WIDENING, share) * 1000))) / 1000n
  return next > NS_PER_HOUR ? next : NS_PER_HOUR
}
