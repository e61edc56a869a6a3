/** Where a trace grows: the leaf that began last, of several the last in the order of the tree. */
import { at } from './column.ts'
import type { TraceTree } from './tree.ts'

/** Undefined for a trace without observations. */
export function tipOf({ order, size, start }: TraceTree): number | undefined {
  let tip: number | undefined
  for (const node of order) {
    if (at(size, node) === 1 && (tip === undefined || at(start, node) >= at(start, tip))) tip = node
  }
  return tip
}
