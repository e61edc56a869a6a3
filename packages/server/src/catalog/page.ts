import type { SelectQueryBuilder } from 'kysely'

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

/** Where a part of a list begins; `offset` counts from 0. */
export interface Slice {
  readonly offset: number
  readonly limit: number
}

/** One page of the rows; their order MUST be total, so that no row is on two pages. */
export function selectPage<DB, TB extends keyof DB, Row>(
  rows: SelectQueryBuilder<DB, TB, Row>,
  { page, limit }: PageRequest,
): Promise<Page<Row>> {
  return selectSlice(rows, { offset: (page - 1) * limit, limit })
}

/** As `selectPage`, from any row on. */
export async function selectSlice<DB, TB extends keyof DB, Row>(
  rows: SelectQueryBuilder<DB, TB, Row>,
  { offset, limit }: Slice,
): Promise<Page<Row>> {
  const count = rows
    .clearSelect()
    .clearOrderBy()
    .select((eb) => eb.fn.countAll().as('total'))
  // The compiler can't name the column in a query over any table; there is only the one.
  const [total] = Object.values(await count.executeTakeFirstOrThrow())
  return { values: await rows.limit(limit).offset(offset).execute(), totalItems: Number(total) }
}

/** The page with its values changed. */
export function mapPage<From, To>({ values, totalItems }: Page<From>, change: (value: From) => To): Page<To> {
  return { values: values.map(change), totalItems }
}

/** A place in a list that is newest first: behind the thing that was made then and has this id. */
export interface Place {
  readonly createdAt: number
  readonly id: string
}

export interface BatchRequest {
  readonly after?: Place | undefined
  readonly limit: number
}

export interface Batch<T> {
  readonly values: readonly T[]
  /** Where the list goes on; undefined at its end. */
  readonly next: Place | undefined
}

/** A batch of rows of which one more than `limit` were asked for. */
export function batchOf<Row extends { readonly id: string; readonly created_at: number }>(
  rows: readonly Row[],
  limit: number,
): Batch<Row> {
  const values = rows.slice(0, limit)
  const last = values.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { values, next: hasMore ? { createdAt: last.created_at, id: last.id } : undefined }
}
