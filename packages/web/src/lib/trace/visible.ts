/**
 * The rows that are on the screen, in order. Opening and closing a row edits the list in place of
 * making it anew; both ways give the same list. Lists are values: an edit returns a new one.
 */
import { at, filled } from './column.ts'
import { groupOfRow, type Outline } from './outline.ts'
import { NO_NODE } from './parents.ts'
import type { TraceTree } from './tree.ts'

/** What is open and what is shown at all, by row; a row without `shown` hides all below it. */
export interface Openness {
  /** 1 where the rows below are on the screen. */
  readonly open: Uint8Array
  /** 0 for rows that the level filter leaves out; absent: all are shown. */
  readonly shown?: Uint8Array | undefined
}

/** Everything open, but for groups and for rows deeper than `depth`. */
export function openTo(outline: Outline, depth = Number.POSITIVE_INFINITY): Uint8Array {
  return filled(new Uint8Array(outline.depth.length), (row) =>
    Number(at(outline.depth, row) < depth && groupOfRow(outline, row)?.kind !== 'same'),
  )
}

export function visibleRows(outline: Outline, openness: Openness): Int32Array {
  return slice(outline, openness, { from: 0, to: outline.order.length })
}

/** The list after row `row` was opened or closed; `openness` is how things stand then. */
export function toggled(
  visible: Int32Array,
  outline: Outline,
  change: { row: number; openness: Openness },
): Int32Array {
  const { row, openness } = change
  const place = visible.indexOf(row)
  if (place < 0) return visible
  const last = at(outline.position, row) + at(outline.size, row)
  let after = place + 1
  while (after < visible.length && at(outline.position, at(visible, after)) < last) after++
  const below =
    openness.open[row] === 1
      ? slice(outline, openness, { from: at(outline.position, row) + 1, to: last })
      : new Int32Array(0)
  const spliced = new Int32Array(visible.length - (after - place - 1) + below.length)
  spliced.set(visible.subarray(0, place + 1))
  spliced.set(below, place + 1)
  spliced.set(visible.subarray(after), place + 1 + below.length)
  return spliced
}

/** `open` with one row set. */
export function withRow(open: Uint8Array, row: number, isOpen: boolean): Uint8Array {
  const changed = open.slice()
  changed[row] = Number(isOpen)
  return changed
}

/** `open` with all rows of the subtree set. */
export function withSubtree(open: Uint8Array, outline: Outline, change: { row: number; isOpen: boolean }): Uint8Array {
  const changed = open.slice()
  const from = at(outline.position, change.row)
  for (let index = from; index < from + at(outline.size, change.row); index++)
    changed[at(outline.order, index)] = Number(change.isOpen)
  return changed
}

/** `open` with all that stands above the row opened, groups too: the row can be seen. */
export function revealing(open: Uint8Array, outline: Outline, row: number): Uint8Array {
  const changed = open.slice()
  for (let above = at(outline.parent, row); above !== NO_NODE; above = at(outline.parent, above)) changed[above] = 1
  return changed
}

/** Rows of at least this level (index into LEVELS), or that hold one. */
export function shownFrom(outline: Outline, level: number): Uint8Array {
  const shown = new Uint8Array(outline.depth.length)
  for (let index = outline.order.length - 1; index >= 0; index--) {
    const row = at(outline.order, index)
    if (levelOf(outline.tree, row) >= level) shown[row] = 1
    const above = at(outline.parent, row)
    if (shown[row] === 1 && above !== NO_NODE) shown[above] = 1
  }
  return shown
}

const levelOf = ({ skeleton }: TraceTree, row: number): number => skeleton.levels[row] ?? -1

function slice(outline: Outline, { open, shown }: Openness, range: { from: number; to: number }): Int32Array {
  const rows = new Int32Array(range.to - range.from)
  let count = 0
  for (let index = range.from; index < range.to; ) {
    const row = at(outline.order, index)
    const isShown = !shown || shown[row] === 1
    if (isShown) rows[count++] = row
    index += isShown && open[row] === 1 ? 1 : at(outline.size, row)
  }
  return rows.slice(0, count)
}
