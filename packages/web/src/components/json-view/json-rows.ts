/**
 * A JSON value as the rows that are seen: only what is open counts, so that a value of a million leaves costs as much
 * as the rows of it that are open. Numbers are as they were sent (lib/chat/payload.ts).
 */
import { isList, isObject, scalarText } from '#lib/chat/payload.ts'

/** Keys and indexes from the top. */
export type JsonPath = readonly (string | number)[]

export interface JsonRow {
  readonly path: JsonPath
  /** Of the path, for sets and keys. */
  readonly id: string
  readonly depth: number
  /** Undefined for the top. */
  readonly key: string | number | undefined
  readonly value: unknown
  /** Entries of a container; undefined for what holds none. */
  readonly size: number | undefined
  readonly isOpen: boolean
}

export const pathId = (path: JsonPath): string => JSON.stringify(path)

const entriesOf = (value: unknown): readonly (readonly [string | number, unknown])[] => {
  if (isList(value)) return value.map((one, index) => [index, one] as const)
  return isObject(value) ? Object.entries(value) : []
}

const sizeOf = (value: unknown): number | undefined =>
  isList(value) ? value.length : isObject(value) ? Object.keys(value).length : undefined

/** What the viewer opened and closed by hand; all else is open down to a depth. */
export interface JsonFolds {
  readonly depth: number
  readonly opened: ReadonlySet<string>
  readonly closed: ReadonlySet<string>
}

export const DEFAULT_FOLDS: JsonFolds = { depth: 2, opened: new Set(), closed: new Set() }
/** A container with more is closed until it, or everything, is opened. */
const CROWD = 200
/** A depth at which everything is open. */
export const EVERYTHING = 64

/** The rows from top to bottom, without recursion: payloads may be as deep as they like. */
export function jsonRows(value: unknown, folds: JsonFolds): JsonRow[] {
  const rows: JsonRow[] = []
  const stack: { readonly path: JsonPath; readonly value: unknown }[] = [{ path: [], value }]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { path } = next
    const row = rowOf(path, next.value, folds)
    rows.push(row)
    if (!row.isOpen) continue
    for (const [key, child] of entriesOf(next.value).toReversed()) stack.push({ path: [...path, key], value: child })
  }
  return rows
}

function rowOf(path: JsonPath, value: unknown, { depth, opened, closed }: JsonFolds): JsonRow {
  const id = pathId(path)
  const size = sizeOf(value)
  const isOpenByDepth = path.length < depth && ((size ?? 0) <= CROWD || depth >= EVERYTHING)
  const isOpen = size !== undefined && size > 0 && !closed.has(id) && (opened.has(id) || isOpenByDepth)
  return { path, id, depth: path.length, key: path.at(-1), value, size, isOpen }
}

/** Opens what is closed and closes what is open. */
export function toggleFold(folds: JsonFolds, { id, isOpen }: Pick<JsonRow, 'id' | 'isOpen'>): JsonFolds {
  const [opened, closed] = [new Set(folds.opened), new Set(folds.closed)]
  if (isOpen) {
    opened.delete(id)
    closed.add(id)
  } else {
    closed.delete(id)
    opened.add(id)
  }
  return { ...folds, opened, closed }
}

/** Opens all that stands above a path. */
export function reveal(folds: JsonFolds, path: JsonPath): JsonFolds {
  const above = path.map((_, length) => pathId(path.slice(0, length)))
  const closed = new Set(folds.closed)
  for (const id of above) closed.delete(id)
  return { ...folds, opened: new Set([...folds.opened, ...above]), closed }
}

/** Matches that are kept; past it the search says that there are more. */
export const MAX_MATCHES = 1000

/** The paths whose key or scalar holds the text, in any case, in the order of the rows. */
export function findInJson(value: unknown, text: string): JsonPath[] {
  const wanted = text.toLowerCase()
  const found: JsonPath[] = []
  const stack: { readonly path: JsonPath; readonly value: unknown }[] = wanted === '' ? [] : [{ path: [], value }]
  for (let next = stack.pop(); next && found.length < MAX_MATCHES; next = stack.pop()) {
    const { path } = next
    const key = path.at(-1)
    const isHit = typeof key === 'string' && key.toLowerCase().includes(wanted)
    if (isHit || scalarText(next.value)?.toLowerCase().includes(wanted)) found.push(path)
    for (const [name, child] of entriesOf(next.value).toReversed()) stack.push({ path: [...path, name], value: child })
  }
  return found
}

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

/** `messages[0].content`, as a program would write it. */
export function printPath(path: JsonPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      if (!IDENTIFIER.test(part)) return `[${JSON.stringify(part)}]`
      return index === 0 ? part : `.${part}`
    })
    .join('')
}
