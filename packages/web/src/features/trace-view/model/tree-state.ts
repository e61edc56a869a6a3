/**
 * What is open, shown and selected in the tree, and how keys change it. States are values; every step
 * returns a new one, or the same when nothing changes.
 */
import { at } from '#lib/trace/column.ts'
import { groupOfRow, hasRowsBelow, type Outline } from '#lib/trace/outline.ts'
import { openTo, revealing, shownFrom, toggled, visibleRows, withRow, withSubtree } from '#lib/trace/visible.ts'

/** No row: the trace itself. */
export const NO_ROW = -1

export interface TreeState {
  readonly outline: Outline
  readonly open: Uint8Array
  /** 0 for rows that the level filter leaves out; undefined when all are shown. */
  readonly shown: Uint8Array | undefined
  /** Rows on the screen, in order. */
  readonly visible: Int32Array
  readonly selected: number
}

/** Everything open but runs of equals, nothing selected. `level` is the lowest shown, an index into LEVELS. */
export function openTree(outline: Outline, level = 0): TreeState {
  return arranged({ outline, open: openTo(outline), shown: level > 0 ? shownFrom(outline, level) : undefined }, NO_ROW)
}

function arranged(state: Pick<TreeState, 'outline' | 'open' | 'shown'>, selected: number): TreeState {
  return { ...state, selected, visible: visibleRows(state.outline, state) }
}

/**
 * The same openness and selection on another outline: nodes are known again by their id, missing parents by theirs,
 * groups by their kind and first member.
 */
export function carriedOver(state: TreeState, outline: Outline, level: number): TreeState {
  const before = rowKeys(state.outline)
  const rowOf = new Map(rowKeys(outline).map((key, row) => [key, row]))
  const open = openTo(outline)
  before.forEach((key, row) => {
    const now = rowOf.get(key)
    if (now !== undefined && at(state.outline.size, row) > 1) open[now] = at(state.open, row)
  })
  const fresh = arranged({ outline, open, shown: level > 0 ? shownFrom(outline, level) : undefined }, NO_ROW)
  const selected = rowOf.get(before[state.selected] ?? '')
  return selected === undefined ? fresh : reveal(fresh, selected)
}

/** By row, what it is known by in another version of the trace. */
function rowKeys({ tree, groups }: Outline): string[] {
  const { ids } = tree.skeleton
  return [
    ...ids.map((id) => `id ${id}`),
    ...tree.missingIds.map((id) => `missing ${id}`),
    ...groups.map(({ kind, members }) => `${kind} ${ids[members[0] ?? -1]}`),
  ]
}

export const select = (state: TreeState, row: number): TreeState =>
  row === state.selected ? state : { ...state, selected: row }

/** Selects the row with all above it open, whatever the level filter says. */
export function reveal(state: TreeState, row: number): TreeState {
  if (row === NO_ROW) return select(state, NO_ROW)
  if (state.visible.includes(row)) return select(state, row)
  const open = revealing(state.open, state.outline, row)
  return arranged({ outline: state.outline, open, shown: shownWith(state, row) }, row)
}

function shownWith({ shown, outline }: TreeState, row: number): Uint8Array | undefined {
  if (!shown) return undefined
  const changed = shown.slice()
  for (let walk = row; walk !== NO_ROW; walk = at(outline.parent, walk)) changed[walk] = 1
  return changed
}

export const isOpen = ({ open }: TreeState, row: number): boolean => open[row] === 1

/** Opens or closes one row; a selection that would disappear moves to the row that closes over it. */
export function setOpen(state: TreeState, row: number, isNowOpen: boolean): TreeState {
  if (!hasRowsBelow(state.outline, row) || isOpen(state, row) === isNowOpen) return state
  const open = withRow(state.open, row, isNowOpen)
  const visible = toggled(state.visible, state.outline, { row, openness: { open, shown: state.shown } })
  return { ...state, open, visible, selected: !isNowOpen && isWithin(state, row) ? row : state.selected }
}

/** Opens all of the subtree, or closes it when it is open throughout. */
export function toggleSubtree(state: TreeState, row: number): TreeState {
  const { outline } = state
  const from = at(outline.position, row)
  const below = outline.order.subarray(from, from + at(outline.size, row))
  const isAllOpen = below.every((one) => !hasRowsBelow(outline, one) || isOpen(state, one))
  const open = withSubtree(state.open, outline, { row, isOpen: !isAllOpen })
  return arranged({ ...state, open }, state.selected)
}

/** All rows of the tree open, or only the roots. */
export function setAllOpen(state: TreeState, isNowOpen: boolean): TreeState {
  const { outline } = state
  const open = isNowOpen ? new Uint8Array(outline.depth.length).fill(1) : openTo(outline, 1)
  const next = arranged({ ...state, open }, state.selected)
  return state.selected === NO_ROW || next.visible.includes(state.selected)
    ? next
    : select(next, rootOf(outline, state.selected))
}

function rootOf(outline: Outline, row: number): number {
  let root = row
  while (at(outline.parent, root) !== NO_ROW) root = at(outline.parent, root)
  return root
}

const isWithin = ({ outline, selected }: TreeState, row: number): boolean =>
  selected !== NO_ROW &&
  at(outline.position, selected) >= at(outline.position, row) &&
  at(outline.position, selected) < at(outline.position, row) + at(outline.size, row)

/** The selection moved by so many rows, stopping at the ends; from nothing to the first row. */
export function stepped(state: TreeState, by: number): TreeState {
  const last = state.visible.length - 1
  if (last < 0) return state
  const place = state.visible.indexOf(state.selected)
  const isFirstStep = place < 0 && Number.isFinite(by)
  const next = isFirstStep ? 0 : Math.max(0, Math.min(last, place + by))
  return select(state, at(state.visible, next))
}

/** ←: closes the row, or goes to the one above. */
export function collapsed(state: TreeState): TreeState {
  const { selected, outline } = state
  if (selected === NO_ROW) return state
  if (hasRowsBelow(outline, selected) && isOpen(state, selected)) return setOpen(state, selected, false)
  const above = at(outline.parent, selected)
  return above === NO_ROW ? state : select(state, above)
}

/** →: opens the row, or goes to the first below. */
export function expanded(state: TreeState): TreeState {
  const { selected, outline } = state
  if (selected === NO_ROW) return stepped(state, 0)
  if (!hasRowsBelow(outline, selected)) return state
  return isOpen(state, selected) ? stepped(state, 1) : setOpen(state, selected, true)
}

/** The node that stands for the selection: itself, or the first of a group; undefined for none. */
export function selectedNode({ outline, selected }: TreeState): number | undefined {
  if (selected === NO_ROW) return undefined
  return groupOfRow(outline, selected)?.members[0] ?? selected
}

/** Nodes that are not on the screen; rows of groups are none. */
export const hiddenNodes = ({ outline, visible }: TreeState): number =>
  outline.tree.order.length - visible.reduce((count, row) => count + Number(row < outline.tree.nodeCount), 0)
