/**
 * Figures by day of the rows of one table. Those of days, and of the hours and minutes of a day that is written to, come
 * from memory while nobody writes to them (docs/adr/010-kept-days.md), where the condition looks at nothing but the
 * rows themselves.
 */
import type { Filter } from '#domain/filter.ts'
import type { TimeSpan } from '#store/day-spans.ts'
import type { Row } from '#store/engine.ts'
import { type Figures, HASH_BITS } from '#store/figures.ts'
import { type Unit, WIDTHS } from '#store/kept-units.ts'
import { printLiteral } from '#store/print.ts'
import { numberOf } from '#store/rows/cells.ts'
import { all, any, EMPTY, i64, instant, type Sql, sql, u32 } from '#store/sql.ts'
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
  /** Sums, maxima and what they are grouped by, each with its name. */
  readonly columns: Sql
  /** What else than days they are grouped by. */
  readonly by?: Sql
  /** A 64-bit hash of what is counted once each, and the column's name. */
  readonly distinct?: { readonly hash: Sql; readonly name: Sql }
  /** How the columns of a day come from those of its parts. */
  readonly merging: Figures
}

/** Longer conditions are ids by the hundred, which nobody asks twice. */
const MAX_KEY_CHARS = 4000

/** One row a day and group, with `date` (`YYYY-MM-DD`) and `day` beside the columns; they come in any order. */
export async function findByDay(reader: Reader, rows: DatedRows, figures: DayFigures): Promise<Row[]> {
  const { table, span, isKept } = rows
  const load = (unit: Unit, spans: readonly TimeSpan[]) =>
    ask(reader, byUnitSql(reader, { rows, figures, unit, spans }))
  const { keptDays } = reader.engine
  if (!keptDays || !isKept) return load('day', [span])
  const key = printLiteral(byUnitSql(reader, { rows, figures, unit: 'day', spans: [] })).query
  if (key.length > MAX_KEY_CHARS) return load('day', [span])
  return keptDays.find({ table, projectId: reader.projectId, key, figures: figures.merging }, span, load)
}

interface Statement {
  readonly rows: DatedRows
  readonly figures: DayFigures
  readonly unit: Unit
  readonly spans: readonly TimeSpan[]
}

function byUnitSql(reader: Reader, { rows, figures, unit, spans }: Statement): Sql {
  const { table, time } = TABLES[rows.table]
  const { by = EMPTY, distinct } = figures
  const inSpans = spans.length === 0 ? [] : [any(spans.map((span) => spanSql(time, span)))]
  const where = all([ofProject(reader.projectId), rows.where, ...inSpans])
  const columns = distinct
    ? sql`${figures.columns}, ${countSql(unit, distinct.hash)} AS ${distinct.name}`
    : figures.columns
  const of = sql`FROM ${table} FINAL WHERE ${where} GROUP BY of_day${by}`
  const day = sql`toString(toDate32(${time}) AS of_day) AS date, toInt32(of_day) AS day`
  if (unit === 'day') return sql`SELECT ${day}, ${columns} ${of}`
  return sql`SELECT ${day}, ${columns}, intDiv(${wholeOf(unit, time)}, ${i64(WIDTHS[unit])}) AS unit ${of}, unit`
}

/** When the unit begins, in nanoseconds; unlike toStartOfHour, right for every instant that the store can hold. */
export function wholeOf(unit: Unit, time: Sql): Sql {
  const nanos = sql`toUnixTimestamp64Nano(${time})`
  return sql`(${nanos} - positiveModulo(${nanos}, ${i64(WIDTHS[unit])}))`
}

/** Of a day, and of its parts as `store/figures.ts` puts them together. */
function countSql(unit: Unit, hash: Sql): Sql {
  if (unit === 'day') return sql`uniqExact(${hash})`
  const hashes = sql`groupUniqArray(bitShiftRight(${hash}, ${u32(64 - HASH_BITS)}))`
  return sql`tuple(length(${hashes}), arraySlice(arraySort(${hashes}), 1, ${u32(MAX_HASHES[unit])}))`
}

/** Each takes 8 bytes for as long as it is kept, and 19 on the way from the engine, which minutes go every second. */
const MAX_HASHES = { hour: 10_000, minute: 4_000 } as const

export function spanSql(time: Sql, { from, to }: TimeSpan): Sql {
  return all([
    ...(from === undefined ? [] : [sql`${time} >= ${instant(from)}`]),
    ...(to === undefined ? [] : [sql`${time} < ${instant(to)}`]),
  ])
}

/** What one statement over all rows of a table gives; kept, unless it is long, until any of them is written to. */
export async function findWhole(reader: Reader, table: DatedTable, statement: Sql): Promise<Row[]> {
  const load = () => ask(reader, statement)
  const { keptDays } = reader.engine
  const key = keptDays ? printLiteral(statement).query : ''
  if (!keptDays || key.length > MAX_KEY_CHARS) return load()
  return keptDays.findWhole({ table, projectId: reader.projectId, key }, load)
}

/** Rows by day; without days that have none. */
export const countByDay = (reader: Reader, rows: DatedRows): Promise<Row[]> =>
  findByDay(reader, rows, { columns: sql`count() AS rows`, merging: { by: [], columns: { rows: 'sum' } } })

/** How many rows there are. */
export async function countRows(reader: Reader, rows: DatedRows): Promise<number> {
  const days = await countByDay(reader, rows)
  return days.reduce((sum, day) => sum + numberOf(day, 'rows'), 0)
}
