import type { Filter } from '#domain/filter.ts'
import type { Nanos } from '#domain/time.ts'
import { filterSql } from '#query/filter-sql.ts'
import { OBSERVATION_TIME, TRACE_TIME } from '#query/load-rows.ts'
import { ofProject, type Reader } from '#query/reader.ts'
import { type Sql, sql } from '#store/sql.ts'

export type ExploredView = 'traces' | 'observations'

/** Where the rows of a view lie, and which of the filter language's views and columns tell its columns and its time. */
export const EXPLORED_VIEWS = {
  traces: { table: sql`traces`, time: TRACE_TIME, filtered: 'traces', timeColumn: 'timestamp' },
  observations: {
    table: sql`observations`,
    time: OBSERVATION_TIME,
    filtered: 'observationsV2',
    timeColumn: 'startTime',
  },
} as const

export interface ExploredRows {
  readonly filters: readonly Filter[]
  readonly from: Nanos
  /** Exclusive. */
  readonly to: Nanos
}

/** The condition of the rows of a span of time that fulfil the filters. @throws AppError `bad_request` as `filterSql` */
export function exploredSql(reader: Reader, view: ExploredView, { filters, from, to }: ExploredRows): Sql {
  const { filtered, timeColumn } = EXPLORED_VIEWS[view]
  const bounds: readonly Filter[] = [
    { type: 'datetime', column: timeColumn, operator: '>=', value: from },
    { type: 'datetime', column: timeColumn, operator: '<', value: to },
  ]
  return sql`${ofProject(reader.projectId)} AND ${filterSql(filtered, [...bounds, ...filters], reader.projectId)}`
}
