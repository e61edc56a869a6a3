import { scalarText } from '#lib/chat/payload.ts'
import { DEFAULT_FOLDS, jsonRows } from './json-rows.ts'

const ROW_PX = 20
const TOOLBAR_PX = 48
/** Characters of a text that fit on a row beside the tree's indent, and those that are shown of a long one. */
const CHARS_A_ROW = 60
const SHOWN_CHARS = 240

/** How high a view of the value is likely to be when nothing else is opened; at most `mostPx`. */
export function jsonHeight(value: unknown, mostPx: number): number {
  let rows = 0
  for (const row of jsonRows(value, DEFAULT_FOLDS)) {
    const length = Math.min(scalarText(row.value)?.length ?? 0, SHOWN_CHARS)
    rows += 1 + Math.floor(length / CHARS_A_ROW)
    if (rows * ROW_PX > mostPx) return mostPx
  }
  return Math.min(mostPx, rows * ROW_PX + TOOLBAR_PX)
}
