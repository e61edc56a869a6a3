/**
 * A large JSON value behind windows of its open rows, for a thread beside the page's: what crosses between both is the
 * rows in sight, never the value.
 */
import { parseStructure } from '#lib/chat/payload.ts'
import {
  DEFAULT_FOLDS,
  findInJson,
  type JsonPath,
  type JsonRow,
  jsonRows,
  MAX_MATCHES,
  pathId,
  reveal,
  toggleFold,
} from './json-rows.ts'
import { copiedText, type ShownRow, shownRow, valueAt } from './json-shown.ts'

/** Characters of a text that come with its row. */
const ROW_CHARS = 10_000

export interface JsonMatches {
  readonly count: number
  /** There are more, which are not looked for. */
  readonly isCut: boolean
}

export interface JsonDocument {
  /** Open rows. */
  count(): number
  rows(from: number, to: number): ShownRow[]
  toggle(row: Pick<JsonRow, 'id' | 'isOpen'>): void
  /** Opens all down to a depth, and closes what is deeper. */
  open(depth: number): void
  find(text: string): JsonMatches
  /** Opens all above a match; the row that it is on. */
  reveal(match: number): number | undefined
  /** What a copy of the value at the path is; of the whole without one. */
  copy(path: JsonPath): string
}

/** Undefined for text that is no JSON object or list, or JSON text of one. */
export function openJsonDocument(text: string): JsonDocument | undefined {
  const parsed = parseStructure(text)
  const value = typeof parsed === 'string' ? (parseStructure(parsed) ?? parsed) : parsed
  return typeof value === 'object' && value !== null ? documentOf(value) : undefined
}

function documentOf(value: object): JsonDocument {
  let folds = DEFAULT_FOLDS
  let rows = jsonRows(value, folds)
  let matches: readonly JsonPath[] = []
  const fold = (changed: typeof folds) => {
    folds = changed
    rows = jsonRows(value, folds)
  }
  return {
    count: () => rows.length,
    rows: (from, to) => rows.slice(from, to).map((row) => shownRow(row, ROW_CHARS)),
    toggle: (row) => fold(toggleFold(folds, row)),
    open: (depth) => fold({ ...DEFAULT_FOLDS, depth }),
    find: (text) => {
      matches = findInJson(value, text)
      return { count: matches.length, isCut: matches.length === MAX_MATCHES }
    },
    reveal: (match) => {
      const path = matches[match]
      if (!path) return undefined
      fold(reveal(folds, path))
      const id = pathId(path)
      const index = rows.findIndex((row) => row.id === id)
      return index === -1 ? undefined : index
    },
    copy: (path) => copiedText(valueAt(value, path)),
  }
}
