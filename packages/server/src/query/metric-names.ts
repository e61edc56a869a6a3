import type { Nanos } from '#domain/time.ts'
import { textOf } from '#store/rows/cells.ts'
import { all, instant, sql } from '#store/sql.ts'
import { ask, ofProject, type Reader } from './reader.ts'

/** Both inclusive; open where absent. */
interface Span {
  readonly from?: Nanos | undefined
  readonly to?: Nanos | undefined
}

/** The names of the project's metrics that have a point in the span, sorted; without bounds, of all that it ever sent. */
export async function findMetricNames(reader: Reader, { from, to }: Span = {}): Promise<string[]> {
  const bounds = [
    ...(from === undefined ? [] : [sql`timestamp >= ${instant(from)}`]),
    ...(to === undefined ? [] : [sql`timestamp <= ${instant(to)}`]),
  ]
  const table = bounds.length === 0 ? sql`metric_series` : sql`metric_points`
  const wanted = all([ofProject(reader.projectId), ...bounds])
  const rows = await ask(reader, sql`SELECT DISTINCT name FROM ${table} WHERE ${wanted} ORDER BY name`)
  return rows.map((row) => textOf(row, 'name'))
}
