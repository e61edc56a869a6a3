/**
 * The rows of the tree view: nodes by their own number, groups of siblings behind them. The order is
 * that in which rows stand when everything is open, so that what lies below a row is a slice of it.
 */
import { at, filled } from './column.ts'
import { NO_NODE } from './parents.ts'
import { type Entry, groupById, groupCycles, groupSame, offeredGroups, type SiblingGroup } from './sibling-groups.ts'
import type { GroupKey } from './skeleton.ts'
import { childrenOf, type TraceTree } from './tree.ts'

export interface Outline {
  readonly tree: TraceTree
  /** The group of row `tree.nodeCount + n`. */
  readonly groups: readonly SiblingGroup[]
  /** All rows, parents before children. */
  readonly order: Int32Array
  /** By row: its place in `order`. */
  readonly position: Int32Array
  /** By row: rows of its subtree, itself included. */
  readonly size: Int32Array
  readonly depth: Int32Array
  readonly parent: Int32Array
}

export type Grouping = 'none' | GroupKey

/** `none` still folds runs of equals; `step` takes the ids of steps, and repeating sequences where there are none. */
export function buildOutline(tree: TraceTree, grouping: Grouping = 'none'): Outline {
  const groups: SiblingGroup[] = []
  const rowOf = (entry: Entry): number => (typeof entry === 'number' ? entry : tree.nodeCount + groups.push(entry) - 1)
  const below = (row: number): number[] => {
    const group = groups[row - tree.nodeCount]
    if (!group && tree.size[row] === 1) return []
    if (!group) return partition(tree, childrenOf(tree, row), grouping).map(rowOf)
    return group.kind === 'same' ? [...group.members] : groupSame(tree, group.members).map(rowOf)
  }
  const order: number[] = []
  // Every group has members, so that there are at most as many groups as nodes.
  const parent = new Int32Array(2 * tree.nodeCount)
  const depth = new Int32Array(2 * tree.nodeCount)
  const stack = below(NO_NODE).reverse()
  for (const row of stack) place(row, NO_NODE, { parent, depth })
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    order.push(row)
    const rows = below(row)
    for (const child of rows) place(child, row, { parent, depth })
    for (let index = rows.length - 1; index >= 0; index--) stack.push(rows[index] ?? NO_NODE)
  }
  return { tree, groups, ...columns(tree.nodeCount + groups.length, { order, parent, depth }) }
}

/** The group that a row stands for; undefined for a node. */
export const groupOfRow = (outline: Outline, row: number): SiblingGroup | undefined =>
  outline.groups[row - outline.tree.nodeCount]

/** The nodes that a row stands for: itself, or the members of its group. */
export const nodesOfRow = (outline: Outline, row: number): readonly number[] =>
  groupOfRow(outline, row)?.members ?? [row]

/** Whether anything lies below. */
export const hasRowsBelow = (outline: Outline, row: number): boolean => at(outline.size, row) > 1

/** The groupings that would change anything, for the menu. */
export function groupingsOf(tree: TraceTree): ReadonlySet<GroupKey> {
  const parents = [NO_NODE, ...tree.order].filter((node) => node === NO_NODE || at(tree.size, node) > 2)
  return offeredGroups(
    tree,
    parents.map((node) => childrenOf(tree, node)),
  )
}

/** By row; longer than there are rows. */
interface Places {
  readonly parent: Int32Array
  readonly depth: Int32Array
}

function place(row: number, above: number, { parent, depth }: Places): void {
  parent[row] = above
  depth[row] = above === NO_NODE ? 0 : at(depth, above) + 1
}

function partition(tree: TraceTree, siblings: readonly number[], grouping: Grouping): Entry[] {
  if (grouping === 'none' || siblings.length < 2) return groupSame(tree, siblings)
  const byId = groupById(tree, siblings, grouping)
  const entries = grouping === 'step' && byId.length === siblings.length ? groupCycles(tree, siblings) : byId
  return entries.some((entry) => typeof entry !== 'number') ? foldRest(tree, entries) : groupSame(tree, siblings)
}

/** Runs of equals among what stands between groups. */
function foldRest(tree: TraceTree, entries: readonly Entry[]): Entry[] {
  const folded: Entry[] = []
  let loose: number[] = []
  const flush = () => {
    folded.push(...groupSame(tree, loose))
    loose = []
  }
  for (const entry of entries) {
    if (typeof entry === 'number') loose.push(entry)
    else {
      flush()
      folded.push(entry)
    }
  }
  flush()
  return folded
}

function columns(count: number, { order, parent, depth }: Places & { readonly order: readonly number[] }) {
  const position = new Int32Array(count).fill(-1)
  const size = new Int32Array(count)
  const rows = filled(new Int32Array(order.length), (index) => order[index] ?? NO_NODE)
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = at(rows, index)
    position[row] = index
    size[row] = at(size, row) + 1
    const above = at(parent, row)
    if (above !== NO_NODE) size[above] = at(size, above) + at(size, row)
  }
  return { order: rows, position, size, depth: depth.slice(0, count), parent: parent.slice(0, count) }
}
