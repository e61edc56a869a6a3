/**
 * Figures by day of the rows of one table. Those of whole days come from memory while nobody writes to the day
 * (docs/adr/010-kept-days.md), where the condition looks at nothing but the rows themselves.
 */
import type { Filter } from '#domain/filter.ts'
import type { TimeSpan } from '#store/day-spans.ts'
import type { Row } from '#store/engine.ts'
import { printLiteral } from '#store/print.ts'
import { numberOf } from '#store/rows/cells.ts'
import { all, any, EMPTY, instant, type Sql, sql } from '#store/sql.ts'
import type { DatedTable } from '#store/written-days.ts'
import { filterSql } from './filter-sql.ts'
import { OBSERVATION_TIME, TRACE_TIME } from './load-rows.ts'
import { looksAtOwnRows, withinSpan } from './own-rows.ts'
import { ask, ofProject, type Reader } from './reader.ts'

/** The rows that figures are of. */
export interface DatedRows {
  readonly table: DatedTable
  /** Conditions besides the project's and those on the table's time. */
  readonly where: Sql
  readonly span: TimeSpan
  /** Whether the condition depends on rows of this table and day alone. */
  readonly isKept: boolean
}

const TABLES: Readonly<Record<DatedTable, { readonly table: Sql; readonly time: Sql }>> = {
  traces: { table: sql`traces`, time: TRACE_TIME.sql },
  observations: { table: sql`observations`, time: OBSERVATION_TIME.sql },
  scores: { table: sql`scores`, time: TRACE_TIME.sql },
}

/** The rows of a view that fulfil the filters. @throws AppError `bad_request` as `filterSql` */
export function filteredRows(reader: Reader, view: DatedTable, filters: readonly Filter[]): DatedRows {
  const { span, rest } = withinSpan(view, filters)
  const isKept = looksAtOwnRows(view, rest)
  return { table: view, where: filterSql(view, isKept ? rest : filters, reader.projectId), span, isKept }
}

export interface DayFigures {
  /** Aggregates, each with its name. */
  readonly columns: Sql
  /** What else than days they are grouped by. */
  readonly by?: Sql
  /** The order of rows within a day. */
  readonly order?: Sql
}

/** Longer conditions are ids by the hundred, which nobody asks twice. */
const MAX_KEY_CHARS = 4000

/** One row a day and group, with `date` (`YYYY-MM-DD`) and `day` beside the columns; days come in any order. */
export async function findByDay(reader: Reader, rows: DatedRows, figures: DayFigures): Promise<Row[]> {
  const { table, span, isKept } = rows
  const load = (spans: readonly TimeSpan[]) => ask(reader, byDaySql(reader, { rows, figures, spans }))
  const { keptDays } = reader.engine
  if (!keptDays || !isKept) return load([span])
  const key = printLiteral(byDaySql(reader, { rows, figures, spans: [] })).query
  if (key.length > MAX_KEY_CHARS) return load([span])
  return keptDays.find({ table, projectId: reader.projectId, key }, span, load)
}

interface Statement {
  readonly rows: DatedRows
  readonly figures: DayFigures
  readonly spans: readonly TimeSpan[]
}

function byDaySql(reader: Reader, { rows, figures, spans }: Statement): Sql {
  const { table, time } = TABLES[rows.table]
  const { columns, by = EMPTY, order } = figures
  const inSpans = spans.length === 0 ? [] : [any(spans.map((span) => spanSql(time, span)))]
  const where = all([ofProject(reader.projectId), rows.where, ...inSpans])
  const orderBy = order ? sql` ORDER BY ${order}` : EMPTY
  return sql`SELECT toString(toDate32(${time}) AS of_day) AS date, toInt32(of_day) AS day, ${columns} FROM ${table} FINAL WHERE ${where} GROUP BY of_day${by}${orderBy}`
}

export function spanSql(time: Sql, { from, to }: TimeSpan): Sql {
  return all([
    ...(from === undefined ? [] : [sql`${time} >= ${instant(from)}`]),
    ...(to === undefined ? [] : [sql`${time} < ${instant(to)}`]),
  ])
}

/** What one statement over all rows of a table gives, kept until any of them is written to. */
export async function findWhole(reader: Reader, table: DatedTable, statement: Sql): Promise<Row[]> {
  const load = () => ask(reader, statement)
  const { keptDays } = reader.engine
  if (!keptDays) return load()
  return keptDays.findWhole({ table, projectId: reader.projectId, key: printLiteral(statement).query }, load)
}

/** Rows by day; without days that have none. */
export const countByDay = (reader: Reader, rows: DatedRows): Promise<Row[]> =>
  findByDay(reader, rows, { columns: sql`count() AS rows` })

/** How many rows there are. */
export async function countRows(reader: Reader, rows: DatedRows): Promise<number> {
  const days = await countByDay(reader, rows)
  return days.reduce((sum, day) => sum + numberOf(day, 'rows'), 0)
}
