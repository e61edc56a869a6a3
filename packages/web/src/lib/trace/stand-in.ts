/** Where not every node has a place: which one stands for it. */
import { at } from './column.ts'
import { NO_NODE } from './parents.ts'
import type { TraceTree } from './tree.ts'

/** The node itself, the first below it, or the nearest above it that has a place; undefined when none has. */
export function standInOf(tree: TraceTree, node: number, hasPlace: (node: number) => boolean): number | undefined {
  const from = at(tree.position, node)
  const below = tree.order.subarray(from, from + at(tree.size, node)).find(hasPlace)
  if (below !== undefined) return below
  let above = at(tree.parent, node)
  while (above !== NO_NODE && !hasPlace(above)) above = at(tree.parent, above)
  return above === NO_NODE ? undefined : above
}

/** How many nodes below it are in the mask. */
export function countBelow(tree: TraceTree, node: number, mask: Uint8Array | undefined): number {
  const from = at(tree.position, node)
  const below = tree.order.subarray(from + 1, from + at(tree.size, node))
  return mask ? below.reduce((count, one) => count + at(mask, one), 0) : 0
}
