import type { Filter } from '#domain/filter.ts'
import type { Observation } from '#domain/observation.ts'
import { fromObservationRow } from '#store/rows/observation.ts'
import { sql } from '#store/sql.ts'
import { filteredRows } from './by-day.ts'
import { filterSql } from './filter-sql.ts'
import { loadRows, OBSERVATION_TIME, OBSERVATION_V1 } from './load-rows.ts'
import { findNewest, type Page, type PageRequest } from './page.ts'
import { ofProject, type Reader } from './reader.ts'

export interface ObservationsQuestion extends PageRequest {
  readonly filters: readonly Filter[]
  /** Milliseconds since the epoch: where the newest observations are looked for. */
  readonly now?: number
}

/** One page of observations as v1 shows them, newest start first, with an exact total. @throws AppError `bad_request` as `filterSql` */
export async function findObservations(reader: Reader, question: ObservationsQuestion): Promise<Page<Observation>> {
  const listing = {
    from: sql`observations FINAL`,
    where: sql`${ofProject(reader.projectId)} AND ${filterSql('observations', question.filters, reader.projectId)}`,
    time: OBSERVATION_TIME,
    columns: sql`id, start_time`,
    rows: filteredRows(reader, 'observations', question.filters),
    now: question.filters.every(({ type }) => type === 'datetime') ? question.now : undefined,
  }
  const { values: keys, totalItems } = await findNewest(reader, listing, question)
  const rows = await loadRows(
    reader,
    { table: sql`observations`, time: OBSERVATION_TIME, columns: OBSERVATION_V1 },
    keys,
  )
  return { values: rows.map((row) => fromObservationRow(row).entity), totalItems }
}
