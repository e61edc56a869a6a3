/**
 * Lists of the web interface: one page after the other of the rows of a span of time, in any order
 * that the table offers, without a total (the histogram gives that).
 */
import { newestFirst } from '#query/newest-first.ts'
import type { ListPlace } from '#query/page-token.ts'
import { ask, heavily, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { EMPTY, type Sql, sql, u64 } from '#store/sql.ts'
import { EXPLORED_VIEWS, type ExploredRows, type ExploredView, exploredSql } from './explored-view.ts'
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
}

export interface Source {
  readonly view: ExploredView
  /** What the rows are ordered by; undefined for newest first. */
  readonly order: Sql | undefined
  /** What it is read from beside the table, written behind it. */
  readonly join?: Sql
}

/** The ids and times of one page. */
export function findPageKeys(reader: Reader, source: Source, question: ListQuestion<string>): Promise<Row[]> {
  const { view, order, join = EMPTY } = source
  const { table, time } = EXPLORED_VIEWS[view]
  const { cursor, limit, now } = question
  const where = exploredSql(reader, view, question)
  const columns = sql`id, ${time}`
  if (!order) {
    const after = cursor && 'after' in cursor ? cursor.after : undefined
    return newestFirst(reader, { from: sql`${table} FINAL`, where, time, columns, after, limit, now })
  }
  const way = question.order.isAscending ? sql`ASC` : sql`DESC`
  const skip = cursor && 'skip' in cursor ? cursor.skip : 0
  return ask(
    heavily(reader),
    sql`SELECT ${columns} FROM ${table} FINAL${join} WHERE ${where} ORDER BY ${order} ${way} NULLS LAST, ${time} DESC, id DESC LIMIT ${u64(limit)} OFFSET ${u64(skip)}`,
  )
}
