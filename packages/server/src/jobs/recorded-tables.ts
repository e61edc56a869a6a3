import { type Sql, sql } from '#store/sql.ts'

interface PayloadColumn {
  readonly sql: Sql
  /** What is set in its place. */
  readonly blank: Sql
}

/** A table whose rows belong to a project and a moment. */
export interface RecordedTable {
  readonly name: 'observations' | 'traces' | 'scores' | 'metric_points'
  readonly sql: Sql
  /** The column that says when; the sort key holds its minute, so that all versions of a row are of one day. */
  readonly time: Sql
  /** Rows carry the position in the event log of their last change. */
  readonly isVersioned: boolean
  /** Columns that can be megabytes. */
  readonly payload: readonly PayloadColumn[]
}

const TEXTS: readonly PayloadColumn[] = [
  { sql: sql`input`, blank: sql`''` },
  { sql: sql`output`, blank: sql`''` },
]

const TOOLS: readonly PayloadColumn[] = [
  { sql: sql`tool_definitions`, blank: sql`map()` },
  { sql: sql`tool_calls`, blank: sql`[]` },
]

/** In the order in which they are emptied: what a trace consists of before the trace. */
export const RECORDED_TABLES: readonly RecordedTable[] = [
  {
    name: 'observations',
    sql: sql`observations`,
    time: sql`start_time`,
    isVersioned: true,
    payload: [...TEXTS, ...TOOLS],
  },
  { name: 'scores', sql: sql`scores`, time: sql`timestamp`, isVersioned: true, payload: [] },
  { name: 'metric_points', sql: sql`metric_points`, time: sql`timestamp`, isVersioned: false, payload: [] },
  { name: 'traces', sql: sql`traces`, time: sql`timestamp`, isVersioned: true, payload: TEXTS },
]
