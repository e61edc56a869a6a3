/**
 * Takes rows and payloads off the disk. A part whose rows all go is dropped, which costs nothing; the
 * others are rewritten by a mutation. What was there before leaves the disk some minutes later
 * (docs/adr/008-retention.md).
 */
import timers from 'node:timers/promises'
import { AppError } from '#domain/errors.ts'
import type { Engine } from '#store/engine.ts'
import { printLiteral } from '#store/print.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { any, join, type Sql, sql, str } from '#store/sql.ts'
import type { RecordedTable } from './recorded-tables.ts'

type Store = Pick<Engine, 'query' | 'command'>

interface Target {
  /** Its name, as a word and as SQL. */
  readonly name: string
  readonly sql: Sql
}

/** Removes the rows that fulfil the condition; gives how many there were, those of replaced versions included. */
export async function discardRows(
  store: Store,
  { table, where }: { readonly table: Target; readonly where: Sql },
  signal: AbortSignal,
): Promise<number> {
  const parts = await store.query(
    sql`SELECT _part AS part, count() AS rows FROM ${table.sql} WHERE ${where} GROUP BY part`,
    { lane: 'heavy' },
  )
  if (parts.length === 0) return 0
  const sizes = await partSizes(store, table)
  const isWhole = (part: string, rows: number) => sizes.get(part) === rows
  const whole = parts.map((row) => textOf(row, 'part')).filter((part, index) => isWhole(part, rowsOf(parts[index])))
  const isAllDropped = (await dropParts(store, table, whole)) === parts.length
  if (!isAllDropped) await mutate(store, { table, change: sql`DELETE WHERE ${where}` }, signal)
  return parts.reduce((sum, row) => sum + rowsOf(row), 0)
}

const rowsOf = (row: Readonly<Record<string, unknown>> = {}): number => numberOf(row, 'rows')

async function partSizes(store: Store, { name }: Target): Promise<ReadonlyMap<string, number>> {
  const rows = await store.query(
    sql`SELECT name, rows FROM system.parts WHERE database = currentDatabase() AND table = ${str(name)} AND active`,
  )
  return new Map(rows.map((row) => [textOf(row, 'name'), numberOf(row, 'rows')]))
}

/** Gives how many were dropped: a part may have been merged into another one meanwhile, which the mutation then finds. */
async function dropParts(store: Store, table: Target, parts: readonly string[]): Promise<number> {
  let dropped = 0
  for (const part of parts) {
    try {
      await store.command(printLiteral(sql`ALTER TABLE ${table.sql} DROP PART ${str(part)}`).query)
      dropped++
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'internal') throw error
    }
  }
  return dropped
}

/** Blanks the payloads of the rows that fulfil the condition; gives how many rows had one. */
export async function stripPayloads(
  store: Store,
  { table, where }: { readonly table: RecordedTable; readonly where: Sql },
  signal: AbortSignal,
): Promise<number> {
  const hasPayload = sql`(${where}) AND ${any(table.payload.map((column) => sql`length(${column.sql}) > 0`))}`
  const [row] = await store.query(sql`SELECT count() AS rows FROM ${table.sql} WHERE ${hasPayload}`, { lane: 'heavy' })
  if (rowsOf(row) === 0) return 0
  const blanks = join(
    table.payload.map((column) => sql`${column.sql} = ${column.blank}`),
    ', ',
  )
  await mutate(store, { table, change: sql`UPDATE ${blanks} WHERE ${hasPayload}` }, signal)
  return rowsOf(row)
}

const POLL_MS = 100

/**
 * Rewrites parts and waits until that is done. An abort ends the wait; the engine goes on by itself, after a
 * restart too. @throws AppError `internal` when the engine gives up on a part
 */
async function mutate(
  store: Store,
  { table, change }: { readonly table: Target; readonly change: Sql },
  signal: AbortSignal,
): Promise<void> {
  // The caller waits here, not in the engine, where the connection for probes would be taken meanwhile.
  await store.command(printLiteral(sql`ALTER TABLE ${table.sql} ${change} SETTINGS mutations_sync = 0`).query)
  for (;;) {
    const [row = {}] = await store.query(
      sql`SELECT count() AS rows, any(latest_fail_reason) AS reason FROM system.mutations WHERE database = currentDatabase() AND table = ${str(table.name)} AND NOT is_done`,
    )
    if (rowsOf(row) === 0) return
    const reason = textOf(row, 'reason')
    if (reason !== '') throw new AppError('internal', `Rows of ${table.name} can not be removed now: ${reason}`)
    await timers.setTimeout(POLL_MS, undefined, { signal })
  }
}
