import type { ObservationRow } from './observation.ts'
import type { ScoreRow } from './score.ts'
import type { TraceRow } from './trace.ts'

/** What a tombstone keeps: the sort keys of all tables, and what no row can do without. */
const KEPT = new Set(['project_id', 'id', 'trace_id', 'timestamp', 'start_time', 'created_at', 'updated_at'])

/**
 * The row that takes another one away: the same sort key, a later version, nothing of what was
 * said (a deletion must not leave the text behind until the next merge).
 * `row` needs its sort key only; the rest may be blank.
 */
export function tombstone<R extends TraceRow | ObservationRow | ScoreRow>(row: R, rowVersion: number): R {
  const blank = Object.entries(row).map(([column, cell]) => [column, KEPT.has(column) ? cell : blankOf(column, cell)])
  return Object.assign({ ...row }, Object.fromEntries(blank), { row_version: rowVersion, is_deleted: 1 })
}

/** Columns whose text is an instant, which '' is not. */
const NULLABLE_INSTANTS = new Set(['end_time', 'completion_start_time'])

/** The blank of the same JSON kind, so that the column accepts it. */
function blankOf(column: string, cell: unknown): unknown {
  if (Array.isArray(cell)) return []
  if (NULLABLE_INSTANTS.has(column)) return null
  switch (typeof cell) {
    case 'string':
      return ''
    case 'number':
      return 0
    case 'boolean':
      return false
    default:
      return cell === null ? null : {}
  }
}
