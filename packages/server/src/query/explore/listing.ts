/**
 * Lists of the web interface: one page after the other of the rows of a span of time, in any order
 * that the table offers, without a total (the histogram gives that).
 */
import { msFromNanos, type Nanos, nanosFromMs } from '#domain/time.ts'
import { newestBetween, newestFirst } from '#query/newest-first.ts'
import type { ListPlace } from '#query/page-token.ts'
import { ask, heavily, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { EMPTY, type Sql, sql, u64 } from '#store/sql.ts'
import { type Budget, hurried } from './budget.ts'
import { EXPLORED_VIEWS, type ExploredRows, type ExploredView, exploredSql } from './explored-view.ts'
import { goBack } from './go-back.ts'
import type { MoreColumn } from './more-cells.ts'

export interface ListQuestion<Order extends string> extends ExploredRows {
  readonly order: { readonly by: Order; readonly isAscending: boolean }
  /** Where the page begins, behind a row in the order of time and after a number of rows in any other; undefined for the first page. */
  readonly cursor: ListPlace | undefined
  readonly limit: number
  /** Beside those that every row has. */
  readonly columns?: readonly MoreColumn[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** What newest first may take; without it, and in any other order, the page is read to its end. */
  readonly budget?: Budget
}

export interface ListPage<T> {
  readonly rows: readonly T[]
  /** Back to which instant was looked, where the budget ended before the page was full: what is older is not known. */
  readonly scannedTo: Nanos | undefined
}

export interface Source {
  readonly view: ExploredView
  /** What the rows are ordered by; undefined for newest first. */
  readonly order: Sql | undefined
  /** What it is read from beside the table, written behind it. */
  readonly join?: Sql
}

/** The ids and times of one page. */
export async function findPageKeys(
  reader: Reader,
  source: Source,
  question: ListQuestion<string>,
): Promise<ListPage<Row>> {
  const { view, order, join = EMPTY } = source
  const { table } = EXPLORED_VIEWS[view]
  const { sql: time } = EXPLORED_VIEWS[view].time
  const { cursor, limit } = question
  if (!order) return await findNewestKeys(reader, view, question)
  const where = exploredSql(reader, view, question)
  const way = question.order.isAscending ? sql`ASC` : sql`DESC`
  const skip = cursor && 'skip' in cursor ? cursor.skip : 0
  const rows = await ask(
    heavily(reader),
    sql`SELECT id, ${time} FROM ${table} FINAL${join} WHERE ${where} ORDER BY ${order} ${way} NULLS LAST, ${time} DESC, id DESC LIMIT ${u64(limit)} OFFSET ${u64(skip)}`,
  )
  return { rows, scannedTo: undefined }
}

async function findNewestKeys(
  reader: Reader,
  view: ExploredView,
  question: ListQuestion<string>,
): Promise<ListPage<Row>> {
  const { table, time } = EXPLORED_VIEWS[view]
  const { cursor, limit, now, from, to, budget } = question
  const after = cursor && 'after' in cursor ? cursor.after : undefined
  const where = exploredSql(reader, view, question)
  const newest = { from: sql`${table} FINAL`, where, time, columns: sql`id, ${time.sql}`, after, limit, now }
  if (!budget) return { rows: await newestFirst(reader, newest), scannedTo: undefined }
  const rows: Row[] = []
  const scannedTo = await goBack({
    start: after?.time ?? nanosFromMs(Math.min(now, msFromNanos(to))),
    from,
    budget,
    look: async (step, maxMs) => {
      rows.push(...(await newestBetween(hurried(reader, maxMs), { ...newest, limit: limit - rows.length }, step)))
      return rows.length >= limit
    },
  })
  return { rows, scannedTo }
}
