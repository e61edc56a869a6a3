import { sql } from '#store/sql.ts'

export type ExploredView = 'traces' | 'observations'

/** Where the rows of a view lie, and which of the filter language's views tells its columns. */
export const EXPLORED_VIEWS = {
  traces: { table: sql`traces`, time: sql`timestamp`, filtered: 'traces' },
  observations: { table: sql`observations`, time: sql`start_time`, filtered: 'observationsV2' },
} as const

/** Observations may begin before the time of their trace by as much as clocks differ: an hour, in nanoseconds. */
export const CLOCK_SLACK_NS = 3_600_000_000_000n
