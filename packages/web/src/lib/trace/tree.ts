/**
 * The tree of a trace, in typed arrays and without recursion. Nodes are observations by their index
 * in the skeleton, followed by one node for each parent that was named and not received. Each
 * observation stands in the tree exactly once; only older recordings of the same id stand nowhere.
 */
import { at, filled, wordAt } from './column.ts'
import { addFlag, type BuildOptions, buildIntervals, FLAG, type Intervals } from './intervals.ts'
import { compareStart, findParents, NO_NODE } from './parents.ts'
import type { TraceSkeleton } from './skeleton.ts'

export interface TraceTree extends Intervals {
  readonly skeleton: TraceSkeleton
  /** Observations and missing parents. */
  readonly nodeCount: number
  readonly missingIds: readonly string[]
  readonly parent: Int32Array
  readonly depth: Int32Array
  /** Nodes in pre-order: parents before children, siblings by start. */
  readonly order: Int32Array
  /** Place of a node in `order`; −1 for superseded recordings. */
  readonly position: Int32Array
  /** Nodes of the subtree, itself included: they stand at `position .. position + size` of `order`. */
  readonly size: Int32Array
  readonly roots: readonly number[]
}

export function buildTree(skeleton: TraceSkeleton, options: BuildOptions): TraceTree {
  const found = findParents(skeleton)
  const { parent, superseded, missing } = found
  const shape = preOrder(parent, siblingsSorted(skeleton, parent, superseded))
  const times = buildIntervals(skeleton, { parent, order: shape.order }, options)
  const flags = times.flags
  for (const node of found.cuts) addFlag(flags, node, FLAG.cycle)
  for (const node of found.orphans) addFlag(flags, node, FLAG.orphan)
  for (let node = skeleton.ids.length; node < parent.length; node++) addFlag(flags, node, FLAG.missing)
  return {
    skeleton,
    nodeCount: parent.length,
    missingIds: missing,
    parent,
    ...shape,
    ...times,
  }
}

/** Whether a node has all bits of `flag`. */
export const hasFlag = (tree: TraceTree, node: number, flag: number): boolean => (at(tree.flags, node) & flag) !== 0

export const durationOf = (tree: TraceTree, node: number): number => at(tree.end, node) - at(tree.start, node)

export const nameOf = (tree: TraceTree, node: number): string => wordAt(tree.skeleton.names, node) ?? ''

/** In upper case; '' for a missing parent. */
export const typeOf = (tree: TraceTree, node: number): string => wordAt(tree.skeleton.types, node) ?? ''

/** Children in order. */
export function childrenOf(tree: TraceTree, node: number): number[] {
  if (node === NO_NODE) return [...tree.roots]
  const children: number[] = []
  const end = at(tree.position, node) + at(tree.size, node)
  for (let index = at(tree.position, node) + 1; index < end; ) {
    const child = at(tree.order, index)
    children.push(child)
    index += at(tree.size, child)
  }
  return children
}

/** All nodes that have a place, in the order of siblings; a missing parent where its first child would stand. */
function siblingsSorted(skeleton: TraceSkeleton, parent: Int32Array, superseded: Uint8Array): Int32Array {
  const count = skeleton.ids.length
  const sorted = filled(new Int32Array(count), (node) => node)
    .filter((node) => superseded[node] === 0)
    .sort((a, b) => compareStart(skeleton, a, b))
  if (parent.length === count) return sorted
  const placed = new Set<number>()
  const all: number[] = []
  for (const node of sorted) {
    const above = at(parent, node)
    if (above >= count && !placed.has(above)) {
      placed.add(above)
      all.push(above)
    }
    all.push(node)
  }
  return Int32Array.from(all)
}

type Shape = Pick<TraceTree, 'order' | 'position' | 'depth' | 'size' | 'roots'>

function preOrder(parent: Int32Array, sorted: Int32Array): Shape {
  const { first, next, firstRoot } = linkChildren(parent, sorted)
  const order = new Int32Array(sorted.length)
  const position = new Int32Array(parent.length).fill(-1)
  const depth = new Int32Array(parent.length)
  const size = new Int32Array(parent.length)
  const stack: number[] = firstRoot === NO_NODE ? [] : [firstRoot]
  for (let count = 0; stack.length > 0; ) {
    const node = stack.pop() ?? NO_NODE
    const above = at(parent, node)
    depth[node] = above === NO_NODE ? 0 : at(depth, above) + 1
    position[node] = count
    order[count++] = node
    if (next[node] !== NO_NODE) stack.push(at(next, node))
    if (first[node] !== NO_NODE) stack.push(at(first, node))
  }
  for (let index = order.length - 1; index >= 0; index--) {
    const node = at(order, index)
    size[node] = at(size, node) + 1
    const above = at(parent, node)
    if (above !== NO_NODE) size[above] = at(size, above) + at(size, node)
  }
  return { order, position, depth, size, roots: [...chain(firstRoot, next)] }
}

function linkChildren(parent: Int32Array, sorted: Int32Array) {
  const first = new Int32Array(parent.length).fill(NO_NODE)
  const next = new Int32Array(parent.length).fill(NO_NODE)
  let firstRoot = NO_NODE
  for (let index = sorted.length - 1; index >= 0; index--) {
    const node = at(sorted, index)
    const above = at(parent, node)
    next[node] = above === NO_NODE ? firstRoot : at(first, above)
    if (above === NO_NODE) firstRoot = node
    else first[above] = node
  }
  return { first, next, firstRoot }
}

function* chain(from: number, next: Int32Array): Generator<number> {
  for (let node = from; node !== NO_NODE; node = at(next, node)) yield node
}
