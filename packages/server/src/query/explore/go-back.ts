/**
 * Looks through a span of time from its end to its beginning, in steps that widen as long as they are quick, and stops
 * when what it may take is used up: what was found until then can be shown, and the search gone on with.
 */
import { AppError, type ErrorCode } from '#domain/errors.ts'
import type { Nanos } from '#domain/time.ts'
import { HOUR_NS, type TimeSpan } from '#store/day-spans.ts'
import type { Budget } from './budget.ts'

interface Search {
  /** What is later belongs to the first step. */
  readonly start: Nanos
  readonly from: Nanos
  readonly budget: Budget
  /**
   * Looks into one step, for so many milliseconds at most, or as long as the engine lets it; true when no more is
   * needed. MUST keep nothing of a step that it throws for, which may be looked into again.
   * @throws AppError as `Engine.query`
   */
  look(step: Step, maxMs: number | undefined): Promise<boolean>
}

type Step = TimeSpan & { readonly from: Nanos }

/** A step is at most so many times as wide as the one before; of one that was too wide so small a part is tried. */
const WIDENING = 24
/** Of what is left of the budget, what a step should take at the pace of the one before. */
const WANTED = 1 / 2
/** Of what is left, what it may take: after one that was refused there is time for less. */
const ALLOWED = 2 / 3
/** Of the budget, what is too little to begin with anything. */
const REST = 1 / 20

/**
 * Back to which instant it looked, when it stopped before the beginning; undefined when nothing is left to find. At
 * least one step is done, however long it takes, so that whoever goes on gets on.
 */
export async function goBack({ start, from, budget, look }: Search): Promise<Nanos | undefined> {
  const wholeMs = budget.leftMs()
  let end = latest(from, start - HOUR_NS)
  if ((await look({ from: end, to: undefined }, undefined)) || end === from) return undefined
  let leftMs = budget.leftMs()
  let widening = WIDENING
  let width = widened(HOUR_NS, Math.min(widening, shareOf(leftMs, wholeMs - leftMs)))
  while (leftMs > Math.max(0, wholeMs * REST)) {
    const step = { from: latest(from, end - width), to: end }
    const outcome = await outcomeOf(look(step, leftMs * ALLOWED))
    if (outcome === 'found' || (outcome === 'more' && step.from === from)) return undefined
    const tookMs = leftMs - budget.leftMs()
    leftMs -= tookMs
    if (outcome === 'more') {
      end = step.from
      width = widened(width, Math.min(widening, shareOf(leftMs, tookMs)))
    } else {
      const looked = end - step.from
      if (outcome === 'refused' || looked <= HOUR_NS) return end
      width = latest(HOUR_NS, looked / BigInt(WIDENING))
      widening = 1
    }
  }
  return end
}

/** How many times what a step took the next one should take. */
const shareOf = (leftMs: number, tookMs: number): number => (leftMs * WANTED) / Math.max(tookMs, 1)

/** So many times as wide, and an hour at least. */
const widened = (width: Nanos, times: number): Nanos =>
  latest(HOUR_NS, (width * BigInt(Math.round(times * 1000))) / 1000n)

const latest = (one: Nanos, other: Nanos): Nanos => (one > other ? one : other)

type Outcome = 'found' | 'more' | 'too heavy' | 'refused'

/** What the engine refuses of an older step takes back nothing of what the newer ones gave. */
async function outcomeOf(looking: Promise<boolean>): Promise<Outcome> {
  try {
    return (await looking) ? 'found' : 'more'
  } catch (error) {
    const refusal = error instanceof AppError ? REFUSALS[error.code] : undefined
    if (!refusal) throw error
    return refusal
  }
}

const REFUSALS: Partial<Readonly<Record<ErrorCode, Outcome>>> = {
  query_too_heavy: 'too heavy',
  too_many_requests: 'refused',
  unavailable: 'refused',
}
