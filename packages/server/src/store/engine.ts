/**
 * The engine: ClickHouse, embedded (chDB) or a server. The seam that queries and the writer see.
 * One SQL dialect; how typed values reach it (literals or bound parameters) is the adapter's matter.
 */
import type { Nanos } from '#domain/time.ts'
import type { KeptDays } from '#store/kept-days.ts'
import type { Sql } from '#store/sql.ts'

/**
 * One result row as ClickHouse's JSONEachRow gives it: (U)Int64 and Decimal as text, other numbers
 * as number, DateTime64 as `YYYY-MM-DD hh:mm:ss.nnnnnnnnn` (UTC), arrays and maps as JSON.
 */
export type Row = Readonly<Record<string, unknown>>

export const TABLES = ['traces', 'observations', 'scores', 'metric_series', 'metric_points'] as const
export type Table = (typeof TABLES)[number]

/**
 * Whose query it is; each lane has connections of its own, so that one can't hold up another:
 * `read` (lists and lookups), `heavy` (whatever may take seconds), `writer` (the fold's lookups).
 */
export const LANES = ['read', 'heavy', 'writer'] as const
export type Lane = (typeof LANES)[number]

/** As ClickHouse calls them. */
export type ExportFormat = 'JSONEachRow' | 'CSV' | 'Parquet'

interface QueryOptions {
  /** `read` when absent. */
  readonly lane?: Lane
  /** For whom: of the queries that wait for a lane, one of whoever has least under way in it goes next. */
  readonly owner?: string
  /** Cancels the wait, with the signal's reason; the engine's own limits stop the work. */
  readonly signal?: AbortSignal
  /** Seconds of work allowed, within the engine's own limit, which holds when absent. */
  readonly maxSeconds?: number
}

export interface Engine {
  /**
   * Runs one SELECT and gives all its rows; every query carries limits of time and memory.
   * @throws AppError `query_too_heavy` past a limit, `result_too_large` past the bound of a result,
   *   `too_many_requests` when the lane's queue is full or did not move in time, `unavailable` when the engine can't be
   *   reached, `internal` for anything it refuses.
   */
  query(statement: Sql, options?: QueryOptions): Promise<Row[]>

  /**
   * Stores rows of one table as one block, so that readers see all or none of a month's rows.
   * Repeating a call with the same `token` and rows changes nothing. All rows name the same columns.
   * Calls run side by side, those of one table in any order. Once a call resolves, its rows
   * survive the end of the process and a loss of power.
   * @throws AppError `unavailable` (try again) or `bad_request` (the rows themselves are refused).
   */
  insert(table: Table, rows: readonly object[], token: string): Promise<void>

  /**
   * The row in a form that takes little memory, for who makes many before they are inserted: good for an `insert` into
   * this table, among others of the same columns. Keeps project and time readable under their names.
   * @throws AppError `bad_request` for a cell that its column can't hold
   */
  pack(table: Table, row: object): object

  /**
   * Gives the result of one SELECT as bytes, as they are read: memory is bounded whatever its size, and what is not
   * read is not computed. CSV comes without a line of names. Reading MUST end, or be ended, for the connection to be
   * free again.
   * @throws AppError while it is read: as `query`, and `too_many_requests` while others run
   */
  stream(statement: Sql, format: ExportFormat, signal?: AbortSignal): AsyncIterable<Uint8Array>

  /** Runs DDL or another statement without a result; for migrations and housekeeping only. */
  command(statement: string): Promise<void>

  /** Resolves if the engine answers. @throws AppError `unavailable` */
  ping(): Promise<void>

  close(): Promise<void>

  /** Figures of days that still hold; absent where others may write to the store too. */
  readonly keptDays?: KeptDays

  /**
   * Nanoseconds from one row to the next, of the newest rows of a list, by question, as they were last found: hints that
   * need not hold. None are noted where it is absent.
   */
  readonly paces?: Paces
}

export interface Paces {
  get(question: string): Nanos | undefined
  set(question: string, pace: Nanos): void
  delete(question: string): void
}
