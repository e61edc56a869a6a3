/** Observations may begin before the time of their trace by as much as clocks differ: an hour, in nanoseconds. */
export const CLOCK_SLACK_NS = 3_600_000_000_000n
