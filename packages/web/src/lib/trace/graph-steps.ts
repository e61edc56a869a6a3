/** The observations that an agent graph is drawn from, and what came before what. */
import { at, groupBy, wordAt } from './column.ts'
import { NO_NODE } from './parents.ts'
import { nameOf, type TraceTree, typeOf } from './tree.ts'

export const START = 'start'
export const END = 'end'

/** From node to node. */
export type Edge = readonly [from: number, to: number]

export interface Steps {
  /** Observations that are nodes of the graph, in pre-order. */
  readonly nodes: readonly number[]
  /** From node to node; NO_NODE before the first and after the last. */
  readonly edges: readonly Edge[]
}

/** Spans that hold anything typed are passed through, events are left out. */
export function findSteps(tree: TraceTree): Steps {
  const holdsTyped = typedBelow(tree)
  const isNode = (node: number) =>
    isTyped(tree, node) ||
    (at(holdsTyped, node) === 0 && node < tree.skeleton.ids.length && typeOf(tree, node) !== 'EVENT')
  const nodes = [...tree.order].filter(isNode)
  const owner = ownersOf(tree, isNode)
  const siblings = groupBy(nodes, (node) => at(owner, node))
  const edges = [...siblings].flatMap(([parent, group]) => sequenceOf(tree, group, parent))
  return { nodes, edges: withExplicit(tree, nodes, edges) }
}

const isTyped = (tree: TraceTree, node: number): boolean =>
  wordAt(tree.skeleton.graphNodes, node) !== undefined || !['SPAN', 'EVENT', ''].includes(typeOf(tree, node))

/** 1 where anything below is typed. */
function typedBelow(tree: TraceTree): Uint8Array {
  const holds = new Uint8Array(tree.nodeCount)
  for (let index = tree.order.length - 1; index >= 0; index--) {
    const node = at(tree.order, index)
    const above = at(tree.parent, node)
    if (above !== NO_NODE && (holds[node] === 1 || isTyped(tree, node))) holds[above] = 1
  }
  return holds
}

/** The nearest node of the graph above, for each node of the tree. */
function ownersOf(tree: TraceTree, isNode: (node: number) => boolean): Int32Array {
  const owner = new Int32Array(tree.nodeCount).fill(NO_NODE)
  for (const node of tree.order) {
    const above = at(tree.parent, node)
    if (above !== NO_NODE) owner[node] = isNode(above) ? above : at(owner, above)
  }
  return owner
}

/**
 * A comes before B when it ended before B began and nothing lies between the two. What nothing comes
 * before is called by the parent; at the top, what nothing follows leads to the end.
 */
function sequenceOf(tree: TraceTree, group: readonly number[], parent: number): Edge[] {
  const byStart = group.toSorted(
    (a, b) => at(tree.start, a) - at(tree.start, b) || at(tree.position, a) - at(tree.position, b),
  )
  const byEnd = byStart.toSorted((a, b) => at(tree.end, a) - at(tree.end, b))
  const edges: Edge[] = []
  let finished = 0
  let latest: number[] = []
  for (const node of byStart) {
    for (; finished < byEnd.length && isBefore(tree, byEnd[finished], node); finished++) {
      const next = byEnd[finished] ?? NO_NODE
      latest = [...latest.filter((other) => at(tree.end, other) > at(tree.start, next)), next]
    }
    edges.push(...(latest.length === 0 ? [[parent, node] as const] : latest.map((other) => [other, node] as const)))
  }
  if (parent !== NO_NODE) return edges
  const followed = new Set(edges.map(([from]) => from))
  return [...edges, ...group.filter((node) => !followed.has(node)).map((node) => [node, NO_NODE] as const)]
}

const isBefore = (tree: TraceTree, one: number | undefined, other: number): boolean =>
  one !== undefined && one !== other && at(tree.end, one) <= at(tree.start, other)

/** Where a framework names the nodes that come before, these replace what was found out. */
function withExplicit(tree: TraceTree, nodes: readonly number[], edges: Steps['edges']): Steps['edges'] {
  const { graphNodes, graphParents } = tree.skeleton
  if (!nodes.some((node) => wordAt(graphParents, node) !== undefined)) return edges
  const firstOf = new Map<string, number>()
  for (const node of nodes) {
    const name = wordAt(graphNodes, node)
    if (name !== undefined && !firstOf.has(name)) firstOf.set(name, node)
  }
  const named = nodes.flatMap((node): [number, number][] => {
    const from = firstOf.get(wordAt(graphParents, node) ?? '')
    return from === undefined ? [] : [[from, node]]
  })
  const explicit = new Set(named.map(([, to]) => to))
  return [...edges.filter(([, to]) => !explicit.has(to)), ...named]
}

/** What an observation is called in the graph: by its framework, else by type and by name without counters and ids. */
export function stepKey(tree: TraceTree, node: number): string {
  const explicit = wordAt(tree.skeleton.graphNodes, node)
  return explicit === undefined ? `${typeOf(tree, node)} ${plainName(nameOf(tree, node))}` : `node ${explicit}`
}

/** `Plan 3`, `search_12`, `task-3f9a1c…` without what counts or identifies them. */
export const plainName = (name: string): string =>
  name.replace(
    /(?:[\s_\-#:.]*(?:\(\d+\)|\[\d+\]|(?<![a-zA-Z])\d+|(?<=[\s_\-#:.])(?=[0-9a-f-]*\d)[0-9a-f-]{8,}))+$/i,
    '',
  ) || name
