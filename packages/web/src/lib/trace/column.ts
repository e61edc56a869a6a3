/** Columns of a trace: plain numbers by index, and words stored once. */

/** The number at an index that is known to be within the column. */
export const at = (column: ArrayLike<number>, index: number): number => column[index] ?? 0

/** Texts that repeat: `codes[i]` points into `words`; −1 where there is none. */
export interface WordColumn {
  readonly codes: Int32Array
  readonly words: readonly string[]
}

export const wordAt = (column: WordColumn, index: number): string | undefined => column.words[column.codes[index] ?? -1]

/** Absent and empty texts become −1. */
export function wordColumn(texts: readonly (string | null | undefined)[]): WordColumn {
  const known = new Map<string, number>()
  const codes = Int32Array.from(texts, (text) => {
    if (!text) return -1
    const code = known.get(text) ?? known.size
    known.set(text, code)
    return code
  })
  return { codes, words: [...known.keys()] }
}

/** Absent numbers become NaN. */
export const numberColumn = (values: readonly (number | null | undefined)[]): Float64Array =>
  filled(new Float64Array(values.length), (index) => values[index] ?? Number.NaN)

/** Gives each place of a column its number: a loop, for `from` of a typed array is several times as slow. */
export function filled<Column extends Float64Array | Int32Array | Uint8Array>(
  column: Column,
  valueAt: (index: number) => number,
): Column {
  for (let index = 0; index < column.length; index++) column[index] = valueAt(index)
  return column
}

/** The items of each key, keys in the order in which they first come. */
export function groupBy<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const known = groups.get(key)
    if (known) known.push(item)
    else groups.set(key, [item])
  }
  return groups
}
