import { DAY_NS, HOUR_NS } from '#store/day-spans.ts'

/** Observations may begin before the time of their trace by as much as clocks differ: an hour, in nanoseconds. */
export const CLOCK_SLACK_NS = HOUR_NS

/**
 * Of traces from some instant on, sums that are filtered by are over observations that began up to a day before it, in
 * nanoseconds: who sets the time of a trace sets it to something else than its beginning.
 */
export const SUMS_SLACK_NS = DAY_NS
