/**
 * The newest rows behind a place, without a total: looks into the last hour first and goes back in
 * widening steps until the page is full, so that a list never reads all history for its newest
 * rows (of a million observations: 6 ms instead of 100). Of the first step it reads what held the page the last time.
 */
import { type Nanos, nanosFromMs } from '#domain/time.ts'
import { HOUR_NS, type TimeSpan } from '#store/day-spans.ts'
import type { Row } from '#store/engine.ts'
import { nanosFromText } from '#store/instants.ts'
import { textOf } from '#store/rows/cells.ts'
import { all, instant, type Sql, sql, u64 } from '#store/sql.ts'
import { spanSql } from './by-day.ts'
import type { TimeColumn } from './load-rows.ts'
import { behind, type Place } from './page-token.ts'
import { likelyReach, noteReach } from './reach.ts'
import { ask, type Reader } from './reader.ts'

export interface NewestQuestion {
  /** `observations FINAL` */
  readonly from: Sql
  readonly where: Sql
  /** The DateTime64(9) column that the list is sorted by, then by id. */
  readonly time: TimeColumn
  /** `time` among them. */
  readonly columns: Sql
  /** The last row that was given already; undefined for the first page. */
  readonly after: Place | undefined
  readonly limit: number
  /** Milliseconds since the epoch: where the search begins when there is no `after`. Rows of the future are found too. */
  readonly now: number
}

/** How far back each step reaches, in hours: an hour, a day, 10 days, 100 days; then everything. */
const REACH = [1n, 24n, 240n, 2400n]

/** Up to `limit` rows, newest first, `id` descending among equals. */
export async function newestFirst(reader: Reader, question: NewestQuestion): Promise<Row[]> {
  const { limit } = question
  const start = startOf(question)
  const bounds = [undefined, ...REACH.map((hours) => start - hours * HOUR_NS), undefined]
  const found: Row[] = []
  for (let step = 1; step < bounds.length && found.length < limit; step++) {
    const span = { from: bounds[step], to: bounds[step - 1] }
    found.push(...(await newestBetween(reader, { ...question, limit: limit - found.length }, span)))
  }
  return found
}

/** As `newestFirst`, of the rows within a span alone. */
export async function newestBetween(reader: Reader, question: NewestQuestion, span: TimeSpan): Promise<Row[]> {
  if (span.to !== undefined) return askBetween(reader, question, span)
  const rows = await newestSince(reader, question, span.from)
  const last = rows.length >= question.limit ? rows.at(-1) : undefined
  const backTo = (row: Row) => startOf(question) - nanosFromText(textOf(row, question.time.name))
  noteReach(reader, question, last && { rows: rows.length, back: backTo(last) })
  return rows
}

/** In two steps where a short one is likely to do. */
async function newestSince(reader: Reader, question: NewestQuestion, from: Nanos | undefined): Promise<Row[]> {
  const { limit } = question
  const reach = likelyReach(reader, question, limit)
  const near = reach === undefined ? undefined : startOf(question) - reach
  if (near === undefined || (from !== undefined && near <= from))
    return askBetween(reader, question, { from, to: undefined })
  const rows = await askBetween(reader, question, { from: near, to: undefined })
  if (rows.length >= limit) return rows
  const older = { ...question, limit: limit - rows.length }
  return [...rows, ...(await askBetween(reader, older, { from, to: near }))]
}

const startOf = ({ after, now }: NewestQuestion): Nanos => after?.time ?? nanosFromMs(now)

async function askBetween(reader: Reader, question: NewestQuestion, span: TimeSpan): Promise<Row[]> {
  const { from, where, columns, after, limit } = question
  const time = question.time.sql
  const conditions = [
    where,
    ...(after ? [sql`${time} <= ${instant(after.time)}`, behind(after, time)] : []),
    spanSql(time, span),
  ]
  return await ask(
    reader,
    sql`SELECT ${columns} FROM ${from} WHERE ${all(conditions)} ORDER BY ${time} DESC, id DESC LIMIT ${u64(limit)}`,
  )
}
