/** Figures of rows that are put together from those of parts of them, such as a day's from its hours'. */
import { AppError } from '#domain/errors.ts'
import { groupBy } from '#lib/group.ts'
import type { Row } from './engine.ts'
import { numberOf, textOf } from './rows/cells.ts'

/** How a column of a whole comes from those of its parts. */
export type Merging = 'sum' | 'max' | 'distinct'

export interface Figures {
  /** Columns that tell groups apart, besides the day. */
  readonly by: readonly string[]
  readonly columns: Readonly<Record<string, Merging>>
}

/**
 * Distinct things of a part are told as how many there are and the least of their hashes, ascending. All hashes of a
 * whole up to the least that a part ends with are known, and how many there are beyond is as good as known.
 */
export const HASH_BITS = 53
/** Of a whole; the deviation is one by the root of it. */
const MAX_HASHES = 40_000

/** All hashes up to `upTo`, ascending. */
export interface Hashes {
  readonly values: Float64Array
  readonly upTo: number
}

const HASHES = 2 ** HASH_BITS

/** One row a day and group, which can be put together further. */
export function mergeFigures(rows: readonly Row[], { by, columns }: Figures): Row[] {
  const groups = groupBy(rows, (row) => JSON.stringify(['day', ...by].map((column) => row[column])))
  return [...groups.values()].map((group) => {
    const cells = Object.entries(columns).map(([column, merging]) => [column, mergeCells(group, column, merging)])
    return { ...group[0], ...Object.fromEntries(cells) }
  })
}

/** With numbers where there were hashes. */
export function finishFigures(rows: readonly Row[], { columns }: Figures): Row[] {
  const distinct = Object.keys(columns).filter((column) => columns[column] === 'distinct')
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(distinct.map((column) => [column, countOf(hashesOf(row[column]))])),
  }))
}

/** How much of it is kept, in rows. */
export const weightOf = (row: Row): number =>
  1 + sum(Object.values(row).map((cell) => (isHashes(cell) ? cell.values.length / HASHES_A_ROW : 0)))

/** A row takes about 300 bytes, a hash 8. */
const HASHES_A_ROW = 40

function mergeCells(rows: readonly Row[], column: string, merging: Merging): unknown {
  switch (merging) {
    case 'sum':
      return sum(rows.map((row) => numberOf(row, column)))
    case 'max':
      return rows
        .map((row) => textOf(row, column))
        .sort()
        .at(-1)
    case 'distinct':
      return mergeHashes(rows.map((row) => hashesOf(row[column])))
  }
}

function mergeHashes(parts: readonly Hashes[]): Hashes {
  const [only] = parts
  if (only && parts.length === 1) return only
  const known = Math.min(...parts.map((part) => part.upTo))
  const count = sum(parts.map(({ values }) => lengthUpTo(values, known)))
  const upTo = count > MAX_HASHES ? Math.floor((known * MAX_HASHES) / count) : known
  const lists = parts.map(({ values }) => values.subarray(0, lengthUpTo(values, upTo)))
  const all = new Float64Array(sum(lists.map(({ length }) => length)))
  let length = 0
  for (const list of lists) {
    all.set(list, length)
    length += list.length
  }
  all.sort()
  return { values: all.filter((hash, index) => hash !== all[index - 1]), upTo }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** How many of the ascending values are not greater. */
function lengthUpTo(values: Float64Array, greatest: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) <= greatest) low = middle + 1
    else high = middle
  }
  return low
}

/** Exact while all hashes are known. */
const countOf = ({ values, upTo }: Hashes): number =>
  upTo === HASHES ? values.length : Math.round(values.length / (upTo / HASHES))

/** From `[count, least]`, as the store gives it. */
function hashesOf(cell: unknown): Hashes {
  if (isHashes(cell)) return cell
  if (!Array.isArray(cell) || !Array.isArray(cell[1]))
    throw new AppError('internal', `Hashes should be a pair, the store gave ${typeof cell}`)
  const values = Float64Array.from(cell[1], Number)
  return { values, upTo: values.length < Number(cell[0]) ? (values.at(-1) ?? 0) : HASHES }
}

const isHashes = (cell: unknown): cell is Hashes =>
  typeof cell === 'object' && cell !== null && 'values' in cell && cell.values instanceof Float64Array
