/**
 * Lists of the web interface: one page after the other of the rows of a span of time, in any order
 * that the table offers, without a total (the histogram gives that).
 */
import type { Filter } from '#domain/filter.ts'
import type { Nanos } from '#domain/time.ts'
import { newestFirst } from '#query/newest-first.ts'
import type { ListPlace } from '#query/page-token.ts'
import { ask, heavily, ofProject, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { all, EMPTY, instant, type Sql, sql, u64 } from '#store/sql.ts'

export interface ListQuestion<Order extends string> {
  readonly filters: readonly Filter[]
  readonly from: Nanos
  /** Exclusive. */
  readonly to: Nanos
  readonly order: { readonly by: Order; readonly isAscending: boolean }
  /** Where the page begins, behind a row in the order of time and after a number of rows in any other; undefined for the first page. */
  readonly cursor: ListPlace | undefined
  readonly limit: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface Source {
  readonly table: Sql
  readonly time: Sql
  /** The condition of the filters. */
  readonly filter: Sql
  /** What the rows are ordered by; undefined for newest first. */
  readonly order: Sql | undefined
  /** What it is read from beside the table, written behind it. */
  readonly join?: Sql
}

/** The ids and times of one page. */
export function findPageKeys(
  reader: Reader,
  source: Source,
  question: Omit<ListQuestion<string>, 'filters'>,
): Promise<Row[]> {
  const { table, time, filter, order, join = EMPTY } = source
  const { from, to, cursor, limit, now } = question
  const where = all([
    ofProject(reader.projectId),
    sql`${time} >= ${instant(from)}`,
    sql`${time} < ${instant(to)}`,
    filter,
  ])
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
