import { spellings } from '#domain/ids.ts'
import { ask, atKeys, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { join, type Sql, sql, str, u64 } from '#store/sql.ts'

/** What holds payloads, and which. */
export type PayloadOwner = 'trace' | 'observation'
export const PAYLOAD_FIELDS = ['input', 'output', 'metadata'] as const
export type PayloadField = (typeof PAYLOAD_FIELDS)[number]

export interface PayloadPlace {
  readonly of: PayloadOwner
  /** Found under either spelling of a UUID. */
  readonly id: string
  readonly field: PayloadField
}

/** A piece of one payload. Offsets and lengths count characters (Unicode code points). */
export interface PayloadWindow {
  readonly text: string
  readonly offset: number
  readonly totalChars: number
  readonly totalBytes: number
}

/** The characters from `offset` on, at most `length`; undefined when the project has no such thing. */
export async function findPayload(
  reader: Reader,
  place: PayloadPlace,
  { offset, length }: { readonly offset: number; readonly length: number },
): Promise<PayloadWindow | undefined> {
  const row = await rowOf(reader, place, windowSql(place.field, offset, length))
  return row && windowOf(row, place.field, offset)
}

/** The first `length` characters of every payload; undefined when the project has no such thing. */
export async function findPayloads(
  reader: Reader,
  place: Omit<PayloadPlace, 'field'>,
  length: number,
): Promise<Readonly<Record<PayloadField, PayloadWindow>> | undefined> {
  const windows = PAYLOAD_FIELDS.map((field) => windowSql(field, 0, length))
  const row = await rowOf(reader, place, join(windows, ', '))
  return (
    row && {
      input: windowOf(row, 'input', 0),
      output: windowOf(row, 'output', 0),
      metadata: windowOf(row, 'metadata', 0),
    }
  )
}

const windowSql = (field: PayloadField, offset: number, length: number): Sql => {
  const { column, names } = COLUMNS[field]
  return sql`substringUTF8(${column}, ${u64(offset + 1)}, ${u64(length)}) AS ${names.text}, lengthUTF8(${column}) AS ${names.chars}, length(${column}) AS ${names.bytes}`
}

const windowOf = (row: Row, field: PayloadField, offset: number): PayloadWindow => ({
  text: textOf(row, `${field}_text`),
  offset,
  totalChars: numberOf(row, `${field}_chars`),
  totalBytes: numberOf(row, `${field}_bytes`),
})

/** Places in one payload where the words stand, whatever their case. */
export interface PayloadMatches {
  /** Offsets in characters, ascending; at most `MAX_MATCHES`. */
  readonly offsets: readonly number[]
  readonly total: number
}

const MAX_MATCHES = 1000

/** Where `needle` stands in one payload; undefined when the project has no such thing. */
export async function findInPayload(
  reader: Reader,
  place: PayloadPlace,
  needle: string,
): Promise<PayloadMatches | undefined> {
  // The pieces between the matches, by their length, give the places without a search for each.
  const column = sql`lowerUTF8(${COLUMNS[place.field].column})`
  const row = await rowOf(
    reader,
    place,
    sql`arrayMap(piece -> lengthUTF8(piece), splitByString(lowerUTF8(${str(needle)}), ${column})) AS pieces, lengthUTF8(${str(needle)}) AS width`,
  )
  if (!row) return undefined
  const pieces = Array.isArray(row['pieces']) ? row['pieces'].map(Number) : []
  const offsets: number[] = []
  let at = 0
  for (const piece of pieces.slice(0, Math.min(pieces.length - 1, MAX_MATCHES))) {
    at += piece
    offsets.push(at)
    at += numberOf(row, 'width')
  }
  return { offsets, total: Math.max(0, pieces.length - 1) }
}

const COLUMNS = {
  input: { column: sql`input`, names: { text: sql`input_text`, chars: sql`input_chars`, bytes: sql`input_bytes` } },
  output: {
    column: sql`output`,
    names: { text: sql`output_text`, chars: sql`output_chars`, bytes: sql`output_bytes` },
  },
  metadata: {
    column: sql`metadata`,
    names: { text: sql`metadata_text`, chars: sql`metadata_chars`, bytes: sql`metadata_bytes` },
  },
} as const

const TABLE: Readonly<Record<PayloadOwner, Sql>> = { trace: sql`traces`, observation: sql`observations` }

async function rowOf(reader: Reader, { of, id }: Omit<PayloadPlace, 'field'>, columns: Sql): Promise<Row | undefined> {
  const [row] = await ask(
    reader,
    sql`SELECT ${columns} FROM ${TABLE[of]} FINAL ${atKeys(reader, sql`id`, spellings(id))} ORDER BY id = ${str(id)} DESC LIMIT 1`,
  )
  return row
}
