/** The first rows of a list, for those who show no pages of it. */
import type { z } from 'zod'
import { call } from './client.ts'
import type { QueryValues } from './paths.ts'

interface ListedPage<Row> {
  readonly rows: readonly Row[]
  readonly cursor: string | null
  readonly scannedTo: number | null
}

interface RowsAsked<Row> {
  readonly query: QueryValues
  /** So many are enough. */
  readonly limit: number
  readonly answer: z.ZodType<ListedPage<Row>>
  readonly signal: AbortSignal
}

/** Pages that had to be given before they were full are gone on with: rows may come yet. @throws as `call` */
export async function firstRows<Row>(
  path: string,
  { query, limit, answer, signal }: RowsAsked<Row>,
): Promise<readonly Row[]> {
  const found: Row[] = []
  for (let after: string | null = ''; after !== null && found.length < limit; ) {
    const asked: QueryValues = { ...query, limit: limit - found.length, cursor: after }
    const page: ListedPage<Row> = await call(path, { query: asked, answer, signal })
    found.push(...page.rows)
    after = page.scannedTo === null ? null : page.cursor
  }
  return found
}
