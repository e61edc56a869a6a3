/** The observations that an agent graph is drawn from, and what came before what. */
import { at, groupBy, wordAt } from './column.ts'
import { NO_NODE } from './parents.ts'
import { nameOf, type TraceTree, typeOf } from './tree.ts'

export const START = 'start'
export const END = 'end'

/** How often one node of the graph came before another, in the order in which that was first seen. */
export interface Passage {
  readonly from: string
  readonly to: string
  readonly count: number
}

export interface Steps {
  /** Observations that are in the graph, by the id of their node there, in pre-order. */
  readonly groups: ReadonlyMap<string, readonly number[]>
  readonly passages: readonly Passage[]
}

/** Observations that are steps, in pre-order: spans that hold anything typed are passed through, events are left out. */
export function findSteps(tree: TraceTree): readonly number[] {
  const holdsTyped = typedBelow(tree)
  return [...tree.order].filter((node) => isStep(tree, node, holdsTyped))
}

function isStep(tree: TraceTree, node: number, holdsTyped: Uint8Array): boolean {
  if (isTyped(tree, node)) return true
  return holdsTyped[node] === 0 && node < tree.skeleton.ids.length && typeOf(tree, node) !== 'EVENT'
}

/** The steps by the ids that `idOf` gives them, and what came before what. */
export function groupSteps(tree: TraceTree, steps: readonly number[], idOf: (node: number) => string): Steps {
  const owner = ownersOf(tree, new Set(steps))
  const counts = new Passages()
  const named = explicitParents(tree, steps)
  for (const [parent, group] of groupBy(steps, (node) => at(owner, node))) {
    countSequence(tree, group, { parent: parent === NO_NODE ? START : idOf(parent), idOf, counts, named })
  }
  for (const [node, from] of named) counts.add(idOf(from), idOf(node))
  return { groups: groupBy(steps, idOf), passages: counts.list() }
}

class Passages {
  readonly #counts = new Map<string, Map<string, number>>()

  add(from: string, to: string, count = 1): void {
    const onward = this.#counts.get(from) ?? new Map<string, number>()
    onward.set(to, (onward.get(to) ?? 0) + count)
    this.#counts.set(from, onward)
  }

  list(): Passage[] {
    return [...this.#counts].flatMap(([from, onward]) => [...onward].map(([to, count]) => ({ from, to, count })))
  }
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

/** The nearest step above, for each node of the tree. */
function ownersOf(tree: TraceTree, steps: ReadonlySet<number>): Int32Array {
  const owner = new Int32Array(tree.nodeCount).fill(NO_NODE)
  for (const node of tree.order) {
    const above = at(tree.parent, node)
    if (above !== NO_NODE) owner[node] = steps.has(above) ? above : at(owner, above)
  }
  return owner
}

interface Counting {
  /** Id of what calls the siblings. */
  readonly parent: string
  readonly idOf: (node: number) => string
  readonly counts: Passages
  /** Nodes whose predecessor is known already. */
  readonly named: ReadonlyMap<number, number>
}

/**
 * A comes before B when it ended before B began and nothing lies between the two. What nothing comes
 * before is called by the parent; at the top, what nothing follows leads to the end. By their ends, the
 * siblings that come right before one are a stretch that only ever moves on: no pair is looked at twice.
 */
function countSequence(tree: TraceTree, group: readonly number[], { parent, idOf, counts, named }: Counting): void {
  const byStart = group.toSorted(
    (a, b) => at(tree.start, a) - at(tree.start, b) || at(tree.position, a) - at(tree.position, b),
  )
  const stretch = new Stretch(tree, byStart, idOf)
  for (const node of byStart) {
    stretch.moveTo(node)
    if (named.has(node)) continue
    if (stretch.ids.size === 0) counts.add(parent, idOf(node))
    for (const [id, count] of stretch.ids) counts.add(id, idOf(node), count)
  }
  if (parent === START) for (const node of stretch.unfollowed()) counts.add(idOf(node), END)
}

/** Of siblings by their ends, those that come right before the one that it was moved to. */
class Stretch {
  /** How many of each id there are in it. */
  readonly ids = new Map<string, number>()
  readonly #tree: TraceTree
  readonly #byEnd: readonly number[]
  readonly #idOf: (node: number) => string
  readonly #followed: Uint8Array
  #from = 0
  #to = 0
  #marked = 0

  constructor(tree: TraceTree, byStart: readonly number[], idOf: (node: number) => string) {
    this.#tree = tree
    this.#byEnd = byStart.toSorted((a, b) => at(tree.end, a) - at(tree.end, b))
    this.#idOf = idOf
    this.#followed = new Uint8Array(byStart.length)
  }

  moveTo(node: number): void {
    for (let next = this.#byEnd[this.#to]; this.#isBefore(next, node); next = this.#byEnd[this.#to])
      this.#take(next ?? NO_NODE)
    this.#marked = Math.max(this.#marked, this.#from)
    while (this.#marked < this.#to) this.#followed[this.#marked++] = 1
  }

  unfollowed(): number[] {
    return this.#byEnd.filter((_, place) => this.#followed[place] === 0)
  }

  #isBefore(one: number | undefined, other: number): boolean {
    return one !== undefined && one !== other && at(this.#tree.end, one) <= at(this.#tree.start, other)
  }

  #take(next: number): void {
    this.#to++
    this.#count(next, 1)
    for (; this.#from < this.#to - 1; this.#from++) {
      const first = this.#byEnd[this.#from] ?? NO_NODE
      if (at(this.#tree.end, first) > at(this.#tree.start, next)) break
      this.#count(first, -1)
    }
  }

  #count(node: number, by: 1 | -1): void {
    const id = this.#idOf(node)
    const count = (this.ids.get(id) ?? 0) + by
    if (count === 0) this.ids.delete(id)
    else this.ids.set(id, count)
  }
}

/** Where a framework names the node that comes before: the first that is called so. */
function explicitParents({ skeleton }: TraceTree, steps: readonly number[]): ReadonlyMap<number, number> {
  const firstOf = new Map<string, number>()
  for (const node of steps) {
    const name = wordAt(skeleton.graphNodes, node)
    if (name !== undefined && !firstOf.has(name)) firstOf.set(name, node)
  }
  const named = steps.map((node) => [node, firstOf.get(wordAt(skeleton.graphParents, node) ?? '')] as const)
  return new Map(named.flatMap(([node, from]) => (from === undefined ? [] : [[node, from] as const])))
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
