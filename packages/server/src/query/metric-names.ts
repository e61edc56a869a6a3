import { textOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { ask, ofProject, type Reader } from './reader.ts'

/** The names of all metrics that the project ever sent, sorted. */
export async function findMetricNames(reader: Reader): Promise<string[]> {
  const rows = await ask(
    reader,
    sql`SELECT DISTINCT name FROM metric_series WHERE ${ofProject(reader.projectId)} ORDER BY name`,
  )
  return rows.map((row) => textOf(row, 'name'))
}
