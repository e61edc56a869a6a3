import { at } from '#lib/trace/column.ts'
import { nameOf, type TraceTree, typeOf } from '#lib/trace/tree.ts'

/** The nearest agent above a node; −1 when there is none. */
function agentOf(tree: TraceTree, node: number): number {
  let above = at(tree.parent, node)
  while (above >= 0 && typeOf(tree, above) !== 'AGENT') above = at(tree.parent, above)
  return above
}

/**
 * The generation of the same agent that began last before this one, of the same name when there is one: an agent
 * that plans and reflects has a prompt for each. Undefined for its first.
 */
export function previousGeneration(tree: TraceTree, node: number): number | undefined {
  const agent = agentOf(tree, node)
  const start = at(tree.start, node)
  const earlier = tree.order.filter(
    (other) => typeOf(tree, other) === 'GENERATION' && at(tree.start, other) < start && agentOf(tree, other) === agent,
  )
  const byStart = [...earlier].sort((a, b) => at(tree.start, a) - at(tree.start, b))
  return byStart.findLast((other) => nameOf(tree, other) === nameOf(tree, node)) ?? byStart.at(-1)
}
