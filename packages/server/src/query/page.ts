/**
 * Pages with an exact total. One of the first pages is looked for from now on backwards, beside the
 * count. For any other the total is counted day by day, which tells in which days a page of the
 * newest-first order lies; where those hold many rows its hours are found alike, and the page is then read from them
 * alone, so that a page far back costs no more than a near one.
 */

import { DAY_NS, HOUR_NS } from '#store/day-spans.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { all, instant, join, Sql, sql, u64 } from '#store/sql.ts'
import { countByDay, countRows, type DatedRows, spanSql, wholeOf } from './by-day.ts'
import type { TimeColumn } from './load-rows.ts'
import { newestFirst } from './newest-first.ts'
import { ask, heavily, ofProject, type Reader } from './reader.ts'

export interface PageRequest {
  /** From 1. */
  readonly page: number
  readonly limit: number
}

export interface Page<T> {
  readonly values: readonly T[]
  /** Of all pages. */
  readonly totalItems: number
}

/** The rows that are paged over. All parts are SQL of ours with bound values. */
export interface Listing {
  /** `traces FINAL` */
  readonly from: Sql
  readonly where: Sql
  /** The DateTime64(9) column that the listing is sorted by, newest first, then by id. */
  readonly time: TimeColumn
  /** `time` among them. */
  readonly columns: Sql
  /** Milliseconds since the epoch. Absent where few rows may fulfil the conditions: each step would be in vain. */
  readonly now: number | undefined
  /** The same rows by day. */
  readonly rows: DatedRows
  /** Up to so many rows are sorted rather than asked in which hours the page lies; `FEW_ROWS` when absent. */
  readonly fewRows?: number
  /** Up to so many rows are held at once for page and total in one question; `MAX_HELD` when absent. */
  readonly maxHeld?: number
}

/** Up to here the rows before a page are found along with it. */
const MAX_STEPPED = 1000

/** One page, newest first, `id` descending among equals. */
export async function findNewest(reader: Reader, listing: Listing, request: PageRequest): Promise<Page<Row>> {
  const { now, rows } = listing
  const reach = request.page * request.limit
  if (now !== undefined && reach <= MAX_STEPPED) return findNear(reader, { ...listing, now }, request)
  if (await areHeldAtOnce(reader, listing)) return findCounted(reader, listing, request)
  const days = bucketsOf(await countByDay(reader, rows), (row) => BigInt(numberOf(row, 'day')) * DAY_NS)
  const totalItems = days.reduce((sum, day) => sum + day.rows, 0)
  const place = { offset: (request.page - 1) * request.limit, limit: request.limit }
  const ofDays = windowOf(days, DAY_NS, place)
  return { values: ofDays ? await findInDays(reader, listing, { ...ofDays, limit: request.limit }) : [], totalItems }
}

/** Ids and times of so many take about 100 MB. */
const MAX_HELD = 1_000_000

/** Where other tables decide which rows there are, those are better asked once, if memory holds all rows that may be found. */
async function areHeldAtOnce(reader: Reader, listing: Listing): Promise<boolean> {
  const { rows, maxHeld = MAX_HELD } = listing
  if (rows.isKept || rows.table === 'observations') return false
  if (!reader.engine.keptDays) return (await countVersions(reader, listing, maxHeld + 1)) <= maxHeld
  return (await countRows(reader, { ...rows, where: sql`1`, isKept: true })) <= maxHeld
}

/** Versions of the rows of the span, no fewer than there are rows, up to a number. Without FINAL: it is counted each time. */
async function countVersions(reader: Reader, { rows, time }: Listing, atMost: number): Promise<number> {
  const where = all([ofProject(reader.projectId), spanSql(time.sql, rows.span)])
  const [row = {}] = await ask(
    reader,
    sql`SELECT count() AS versions FROM (SELECT 1 FROM ${new Sql([rows.table])} WHERE ${where} LIMIT ${u64(atMost)})`,
  )
  return numberOf(row, 'versions')
}

/** Page and total in one question, which holds the ids of all rows in memory. */
async function findCounted(reader: Reader, listing: Listing, { page, limit }: PageRequest): Promise<Page<Row>> {
  const { from, where, time, columns, rows } = listing
  const values = await ask(
    reader,
    sql`SELECT ${columns}, count() OVER () AS total_items FROM ${from} WHERE ${where} ORDER BY ${time.sql} DESC, id DESC LIMIT ${u64(limit)} OFFSET ${u64((page - 1) * limit)}`,
  )
  const [first] = values
  if (first) return { values, totalItems: numberOf(first, 'total_items') }
  return { values, totalItems: page === 1 ? 0 : await countRows(reader, rows) }
}

/** Ids and times of so many are sorted in the time that another question takes. */
const FEW_ROWS = 50_000

async function findInDays(
  reader: Reader,
  listing: Listing,
  place: Window & { readonly limit: number },
): Promise<Row[]> {
  const { from, where, time, columns, fewRows = FEW_ROWS } = listing
  const within = (window: Window) =>
    sql`FROM ${from} WHERE ${where} AND ${time.sql} >= ${instant(window.from)} AND ${time.sql} < ${instant(window.to)}`
  const read = (window: Window) =>
    ask(
      reader,
      sql`SELECT ${columns} ${within(window)} ORDER BY ${time.sql} DESC, id DESC LIMIT ${u64(place.limit)} OFFSET ${u64(window.offset)}`,
    )
  if (place.rows <= fewRows) return read(place)
  const counted = await ask(
    reader,
    sql`SELECT ${wholeOf('hour', time.sql)} AS hour, count() AS rows ${within(place)} GROUP BY hour`,
  )
  const hours = bucketsOf(counted, (row) => BigInt(textOf(row, 'hour')))
  const window = windowOf(hours, HOUR_NS, place)
  return window ? read(window) : []
}

async function findNear(
  reader: Reader,
  listing: Listing & { readonly now: number },
  { page, limit }: PageRequest,
): Promise<Page<Row>> {
  const [totalItems, found] = await Promise.all([
    countRows(reader, listing.rows),
    newestFirst(reader, { ...listing, after: undefined, limit: page * limit }),
  ])
  return { values: found.slice((page - 1) * limit), totalItems }
}

/** One page in another order; `order` ends with a tie-break. */
export async function findOrdered(
  reader: Reader,
  listing: Omit<Listing, 'time' | 'now'> & { readonly order: readonly Sql[] },
  { page, limit }: PageRequest,
): Promise<Page<Row>> {
  const { from, where, columns, order, rows } = listing
  const [totalItems, values] = await Promise.all([
    countRows(heavily(reader), rows),
    ask(
      heavily(reader),
      sql`SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${join(order, ', ')} LIMIT ${u64(limit)} OFFSET ${u64((page - 1) * limit)}`,
    ),
  ])
  return { values, totalItems }
}

interface Window {
  /** Nanoseconds, inclusive. */
  readonly from: bigint
  /** Nanoseconds, exclusive. */
  readonly to: bigint
  /** Rows of the window that belong to earlier pages. */
  readonly offset: number
  readonly rows: number
}

/** So many rows from this instant on, in nanoseconds. */
interface Bucket {
  readonly start: bigint
  readonly rows: number
}

/** Newest first. */
const bucketsOf = (counted: readonly Row[], startOf: (row: Row) => bigint): Bucket[] =>
  counted
    .map((row) => ({ start: startOf(row), rows: numberOf(row, 'rows') }))
    .sort((a, b) => (a.start < b.start ? 1 : -1))

/** The buckets that hold the rows from `offset` on, newest first; undefined past the end. */
function windowOf(
  buckets: readonly Bucket[],
  length: bigint,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Window | undefined {
  let before = offset
  let wanted = limit
  let open: { to: bigint; offset: number } | undefined
  let from: bigint | undefined
  let inside = 0
  for (const { start, rows } of buckets) {
    if (!open && rows <= before) {
      before -= rows
      continue
    }
    from = start
    inside += rows
    open ??= { to: start + length, offset: before }
    wanted -= rows - before
    before = 0
    if (wanted <= 0) break
  }
  return open && from !== undefined ? { from, ...open, rows: inside } : undefined
}
