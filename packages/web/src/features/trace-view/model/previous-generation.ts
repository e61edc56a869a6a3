import { at } from '#lib/trace/column.ts'
import { type TraceTree, typeOf } from '#lib/trace/tree.ts'

/** The nearest agent above a node; −1 when there is none. */
function agentOf(tree: TraceTree, node: number): number {
  let above = at(tree.parent, node)
  while (above >= 0 && typeOf(tree, above) !== 'AGENT') above = at(tree.parent, above)
  return above
}

/** The generation of the same agent that began last before this one; undefined for its first. */
export function previousGeneration(tree: TraceTree, node: number): number | undefined {
  const agent = agentOf(tree, node)
  const start = at(tree.start, node)
  let best: number | undefined
  for (const other of tree.order) {
    if (other === node || typeOf(tree, other) !== 'GENERATION' || at(tree.start, other) >= start) continue
    const isLater = best === undefined || at(tree.start, other) > at(tree.start, best)
    if (isLater && agentOf(tree, other) === agent) best = other
  }
  return best
}
