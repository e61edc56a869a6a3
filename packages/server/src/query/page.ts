/**
 * Pages with an exact total. One of the first pages is looked for from now on backwards, beside the
 * count. For any other the total is counted hour by hour, which tells in which hours a page of the
 * newest-first order lies; the page is then read from those hours alone, so that a page far back
 * costs no more than a near one.
 */

import type { Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { i64, instant, join, type Sql, sql, u64 } from '#store/sql.ts'
import { newestFirst } from './newest-first.ts'
import { ask, heavily, type Reader } from './reader.ts'

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
  readonly time: Sql
  readonly columns: Sql
  /** Milliseconds since the epoch. Absent where few rows may fulfil the conditions: each step would be in vain. */
  readonly now: number | undefined
}

/** Up to here the rows before a page are found along with it. */
const MAX_STEPPED = 1000

const NS_PER_HOUR = 3_600_000_000_000n

/** Start of the hour in nanoseconds; unlike toStartOfHour, right for every instant that the store can hold. */
const hourOf = (time: Sql): Sql =>
  sql`toUnixTimestamp64Nano(${time}) - positiveModulo(toUnixTimestamp64Nano(${time}), ${i64(NS_PER_HOUR)})`

/** One page, newest first, `id` descending among equals. */
export async function findNewest(reader: Reader, listing: Listing, request: PageRequest): Promise<Page<Row>> {
  const { from, where, time, columns, now } = listing
  const reach = request.page * request.limit
  if (now !== undefined && reach <= MAX_STEPPED) return findNear(reader, { ...listing, now }, request)
  const hours = await ask(
    reader,
    sql`SELECT ${hourOf(time)} AS hour, count() AS rows FROM ${from} WHERE ${where} GROUP BY hour ORDER BY hour DESC`,
  )
  const totalItems = hours.reduce((sum, hour) => sum + numberOf(hour, 'rows'), 0)
  const window = windowOf(hours, request)
  if (!window) return { values: [], totalItems }
  const values = await ask(
    reader,
    sql`SELECT ${columns} FROM ${from} WHERE ${where} AND ${time} >= ${instant(window.from)} AND ${time} < ${instant(window.to)} ORDER BY ${time} DESC, id DESC LIMIT ${u64(request.limit)} OFFSET ${u64(window.offset)}`,
  )
  return { values, totalItems }
}

async function findNear(
  reader: Reader,
  listing: Listing & { readonly now: number },
  { page, limit }: PageRequest,
): Promise<Page<Row>> {
  const { from, where } = listing
  const [counted, found] = await Promise.all([
    ask(reader, sql`SELECT count() AS rows FROM ${from} WHERE ${where}`),
    newestFirst(reader, { ...listing, after: undefined, limit: page * limit }),
  ])
  return { values: found.slice((page - 1) * limit), totalItems: counted[0] ? numberOf(counted[0], 'rows') : 0 }
}

/** One page in another order; `order` ends with a tie-break. */
export async function findOrdered(
  reader: Reader,
  listing: Omit<Listing, 'time' | 'now'> & { readonly order: readonly Sql[] },
  { page, limit }: PageRequest,
): Promise<Page<Row>> {
  const { from, where, columns, order } = listing
  const [counted, values] = await Promise.all([
    ask(heavily(reader), sql`SELECT count() AS rows FROM ${from} WHERE ${where}`),
    ask(
      heavily(reader),
      sql`SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${join(order, ', ')} LIMIT ${u64(limit)} OFFSET ${u64((page - 1) * limit)}`,
    ),
  ])
  return { values, totalItems: counted[0] ? numberOf(counted[0], 'rows') : 0 }
}

interface Window {
  /** Nanoseconds, inclusive. */
  readonly from: bigint
  /** Nanoseconds, exclusive. */
  readonly to: bigint
  /** Rows of the window that belong to earlier pages. */
  readonly offset: number
}

/** The hours that hold the page, given the rows of each hour, newest first; undefined past the end. */
function windowOf(hours: readonly Row[], { page, limit }: PageRequest): Window | undefined {
  let before = (page - 1) * limit
  let wanted = limit
  let open: { to: bigint; offset: number } | undefined
  let from: bigint | undefined
  for (const hour of hours) {
    const rows = numberOf(hour, 'rows')
    if (!open && rows <= before) {
      before -= rows
      continue
    }
    from = BigInt(textOf(hour, 'hour'))
    open ??= { to: from + NS_PER_HOUR, offset: before }
    wanted -= rows - before
    before = 0
    if (wanted <= 0) break
  }
  return open && from !== undefined ? { from, ...open } : undefined
}
