import { useMemo } from 'react'
import { findNodes, nextOf } from '#lib/trace/find.ts'
import type { TraceModel } from './trace-model.ts'
import { selectedNode } from './tree-state.ts'
import type { PayloadMatches } from './use-payload-matches.ts'
import type { ViewStore } from './view-store.ts'

export interface Found {
  /** What is looked for; '' for nothing. */
  readonly text: string
  /** In the order of the tree. */
  readonly nodes: Int32Array
  /** By node: 1 for a match; undefined when nothing is searched for. */
  readonly mask: Uint8Array | undefined
  /** There may be more in payloads than these. */
  readonly isCut: boolean
}

/** What the text is found in: names, types, models and ids, and the nodes whose payloads hold it. */
export function useFind(model: TraceModel, text: string, { ids, isCut }: PayloadMatches): Found {
  return useMemo(() => {
    const { tree } = model
    const named = findNodes(tree, text)
    const mask = new Uint8Array(tree.nodeCount)
    for (const node of named) mask[node] = 1
    tree.skeleton.ids.forEach((id, node) => {
      if (ids.has(id)) mask[node] = 1
    })
    const nodes = ids.size === 0 ? named : tree.order.filter((node) => mask[node] === 1)
    return { text: text.trim(), nodes, mask: text.trim() === '' ? undefined : mask, isCut }
  }, [model, text, ids, isCut])
}

/** Goes to the next (1) or previous (−1) of the nodes, seen from the selection. */
export function walkTo(view: ViewStore, nodes: ArrayLike<number>, direction: 1 | -1): void {
  const { model, tree } = view.shown.get()
  const next = nextOf(model.tree, nodes, { from: selectedNode(tree), direction })
  if (next !== undefined) view.go(next)
}
