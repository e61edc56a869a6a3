/**
 * A rank is a change's standing in one field: of two values for a field the one of the higher rank
 * stays, whatever the order of arrival. The bands below don't overlap, so that one comparison of
 * numbers decides (langfuse-ingestion contract §3.1, §3.2):
 *
 *   explicit value, latest wins      at × 2, + 1 for an update       −4.5e12 … 1.9e13
 *   explicit value, earliest wins    the same, negated               −1.9e13 … 4.5e12
 *   fallback value, earliest wins    −1e14 − at
 *   no value, the change's own time  −1e15 − at
 *   never set                        −∞
 */
import { MAX_NANOS, MIN_NANOS, msFromNanos, type Nanos } from '#domain/time.ts'

export type Rank = number

export const NEVER: Rank = Number.NEGATIVE_INFINITY

const EXPLICIT_BAND = -5e13
const FALLBACK_BAND = -1e14
const INITIAL_BAND = -1e15
const MIN_MS = msFromNanos(MIN_NANOS)
const MAX_MS = msFromNanos(MAX_NANOS)

/** The ranks that the values of one change have. */
export interface Ranks {
  readonly latest: Rank
  readonly earliest: Rank
  readonly fallback: Rank
  readonly initial: Rank
}

/** The order of changes is that of whole milliseconds; within one, updates follow creates. */
export function ranksOf(change: { readonly at: number; readonly isUpdate?: boolean }): Ranks {
  const ms = Math.min(Math.max(Math.floor(change.at), MIN_MS), MAX_MS)
  const latest = ms * 2 + (change.isUpdate ? 1 : 0)
  return { latest, earliest: -latest, fallback: FALLBACK_BAND - ms, initial: INITIAL_BAND - ms }
}

/** The rank of a create of that instant: what most entities have in all fields. */
export function rankOfInstant(instant: Nanos): Rank {
  return msFromNanos(instant) * 2
}

export function isExplicit(rank: Rank): boolean {
  return rank > EXPLICIT_BAND
}
