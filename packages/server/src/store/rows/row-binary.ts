/**
 * Rows as ClickHouse's RowBinary, which the engine reads for half of what JSON costs it, and which is
 * written for a third of what JSON costs us (docs/adr/006-write-path.md).
 */
import { AppError } from '#domain/errors.ts'
import { ByteSink } from '#store/byte-sink.ts'
import type { Table } from '#store/engine.ts'
import { msFromText, nanosFromText } from '#store/instants.ts'
import { COLUMNS, type ColumnType } from './columns.ts'
import { PackedRow } from './packed-row.ts'

/** Rows of one table, and the columns that they name. */
export interface RowBlock {
  readonly table: Table
  readonly columns: readonly string[]
  readonly rows: readonly object[]
}

const CHUNK_BYTES = 256 * 1024

/**
 * The rows as bytes, in pieces of about 256 KiB; a piece is valid until the next one is asked for.
 * @throws AppError `bad_request` for rows of other columns, and for a cell that its column can't hold
 */
export function* rowBinary({ table, columns, rows }: RowBlock): Generator<Uint8Array> {
  const sink = new ByteSink(CHUNK_BYTES)
  const write = createRowWriter(table, columns)
  for (const row of rows) {
    write(sink, row)
    if (sink.length >= CHUNK_BYTES) yield sink.take()
  }
  yield sink.take()
}

/** @throws AppError `bad_request` as `rowBinary`; the sink may hold a part of the row then */
export type RowWriter = (sink: ByteSink, row: object) => void

export function createRowWriter(table: Table, columns: readonly string[]): RowWriter {
  const writers = columns.map((column) => ({ column, write: WRITERS[typeOf(table, column)] }))
  const joined = columns.join()
  return (sink, row) => {
    if (row instanceof PackedRow) {
      if (row.columns !== joined) throw differs(row.columns, joined)
      sink.bytes(row.bytes)
      return
    }
    const keys = Object.keys(row)
    if (keys.length !== columns.length) throw differs(keys.join(), joined)
    for (const { column, write } of writers) {
      const cell: unknown = Reflect.get(row, column)
      if (!write(sink, cell)) throw refusal(table, column, cell)
    }
  }
}

/** The columns with their types, as a declaration. */
export function structureOf({ table, columns }: Pick<RowBlock, 'table' | 'columns'>): string {
  return columns.map((column) => `${column} ${typeOf(table, column)}`).join(', ')
}

function typeOf(table: Table, column: string): ColumnType {
  const type = Object.hasOwn(COLUMNS[table], column) ? COLUMNS[table][column] : undefined
  if (type === undefined) throw new AppError('bad_request', `The table ${table} has no column ${column}`)
  return type
}

function differs(columns: string, first: string): AppError {
  return new AppError('bad_request', `A row has the columns ${columns} where the first one has ${first}`)
}

function refusal(table: Table, column: string, cell: unknown): AppError {
  return new AppError(
    'bad_request',
    `The column ${column} of ${table} can not hold ${typeof cell} ${String(cell).slice(0, 100)}`,
  )
}

/** Writes a cell; false for one that is not of the column's type. */
type Write = (sink: ByteSink, cell: unknown) => boolean

const text: Write = (sink, cell) => {
  if (typeof cell !== 'string') return false
  sink.text(cell)
  return true
}

const float: Write = (sink, cell) => {
  const number = typeof cell === 'string' && cell !== '' ? Number(cell) : cell
  if (typeof number !== 'number' || !Number.isFinite(number)) return false
  sink.float64(number)
  return true
}

/** Beyond 2^53 as decimal text. */
const wholeNumber: Write = (sink, cell) => {
  if (typeof cell === 'number') {
    if (!Number.isSafeInteger(cell) || cell < 0) return false
    sink.int64(cell)
    return true
  }
  if (typeof cell !== 'string' || !/^\d{1,20}$/.test(cell)) return false
  sink.bigInt64(BigInt.asIntN(64, BigInt(cell)))
  return true
}

/** Nanoseconds, or text as queries give it. */
const nanos: Write = (sink, cell) => {
  if (typeof cell !== 'bigint' && !isInstantText(cell)) return false
  sink.bigInt64(typeof cell === 'bigint' ? cell : nanosFromText(cell))
  return true
}

/** Milliseconds, or text as queries give it. */
const millis: Write = (sink, cell) => {
  if (typeof cell !== 'number' && !isInstantText(cell)) return false
  sink.int64(Math.floor(typeof cell === 'number' ? cell : msFromText(cell)))
  return true
}

const INSTANT_TEXT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/
const isInstantText = (cell: unknown): cell is string => typeof cell === 'string' && INSTANT_TEXT.test(cell)

const flag: Write = (sink, cell) => {
  if (typeof cell !== 'boolean') return false
  sink.uint8(cell ? 1 : 0)
  return true
}

const byte: Write = (sink, cell) => {
  if (typeof cell !== 'number' || !Number.isInteger(cell) || cell < 0 || cell > 0xff) return false
  sink.uint8(cell)
  return true
}

const uint32: Write = (sink, cell) => {
  if (typeof cell !== 'number' || !Number.isInteger(cell) || cell < 0 || cell > 0xffff_ffff) return false
  sink.uint32(cell)
  return true
}

const nullable =
  (write: Write): Write =>
  (sink, cell) => {
    sink.uint8(cell === null ? 1 : 0)
    return cell === null || write(sink, cell)
  }

const texts: Write = (sink, cell) => {
  if (!Array.isArray(cell)) return false
  sink.varint(cell.length)
  return cell.every((element) => text(sink, element))
}

const mapOf =
  (write: Write): Write =>
  (sink, cell) => {
    if (typeof cell !== 'object' || cell === null) return false
    const keys = Object.keys(cell)
    sink.varint(keys.length)
    for (const key of keys) {
      sink.text(key)
      if (!write(sink, Reflect.get(cell, key))) return false
    }
    return true
  }

const WRITERS: Readonly<Record<ColumnType, Write>> = {
  String: text,
  'LowCardinality(String)': text,
  "DateTime64(9, 'UTC')": nanos,
  "Nullable(DateTime64(9, 'UTC'))": nullable(nanos),
  "DateTime64(3, 'UTC')": millis,
  Bool: flag,
  UInt8: byte,
  UInt64: wholeNumber,
  Float64: float,
  'Nullable(Float64)': nullable(float),
  'Nullable(UInt32)': nullable(uint32),
  'Map(LowCardinality(String), UInt64)': mapOf(wholeNumber),
  'Map(LowCardinality(String), Float64)': mapOf(float),
  'Map(String, String)': mapOf(text),
  'Array(String)': texts,
  'Array(LowCardinality(String))': texts,
}
