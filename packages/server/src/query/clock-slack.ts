/** Observations may begin before the time of their trace by as much as clocks differ: an hour, in nanoseconds. */
export const CLOCK_SLACK_NS = 3_600_000_000_000n

/**
 * Of traces from some instant on, sums that are filtered by are over observations that began up to a day before it, in
 * nanoseconds: who sets the time of a trace sets it to something else than its beginning.
 */
export const SUMS_SLACK_NS = 24n * CLOCK_SLACK_NS
