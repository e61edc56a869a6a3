/** The graph of an agent: observations of one kind as one node, what followed what as edges. Layout is made elsewhere. */
import { wordAt } from './column.ts'
import { END, findSteps, groupSteps, type Passage, plainName, START, stepKey } from './graph-steps.ts'
import { FLAG } from './intervals.ts'
import { ERROR } from './skeleton.ts'
import { durationOf, hasFlag, nameOf, type TraceTree, typeOf } from './tree.ts'

export interface GraphNode {
  readonly id: string
  readonly kind: 'step' | 'start' | 'end' | 'other'
  readonly type: string
  readonly name: string
  /** The observations that it stands for. */
  readonly nodes: readonly number[]
  readonly calls: number
  /** Of those whose end was recorded; NaN when none was. */
  readonly p50Ms: number
  readonly totalMs: number
  /** US dollars; NaN when unknown. */
  readonly cost: number
  readonly errors: number
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly count: number
  /** Leads back to what was there before. */
  readonly isLoop: boolean
}

export interface AgentGraph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Nodes that were joined as *other*. */
  readonly joined: number
  /** What was drawn: too many observations are aggregated also when asked for one by one. */
  readonly how: 'aggregated' | 'ran'
}

const MOST_NODES = 80
const KEPT_NODES = 60
/** Up to so many observations can be drawn one by one. */
const MOST_STEPS = 500

/** `ran` draws each observation as its own node, where they are no more than MOST_STEPS. */
export function buildGraph(tree: TraceTree, how: 'aggregated' | 'ran' = 'aggregated'): AgentGraph {
  const steps = findSteps(tree)
  const isOneByOne = how === 'ran' && steps.length <= MOST_STEPS
  const ids = new Map(steps.map((node) => [node, isOneByOne ? `ran ${tree.skeleton.ids[node]}` : stepKey(tree, node)]))
  const { groups, passages } = groupSteps(tree, steps, (node) => ids.get(node) ?? '')
  const drawn = isOneByOne ? 'ran' : 'aggregated'
  if (steps.length === 0) return { nodes: [], edges: [], joined: 0, how: drawn }
  const all = [...groups].map(([id, nodes]) => graphNode(tree, id, nodes))
  const kept = all.length > MOST_NODES && !isOneByOne ? heaviest(all) : all
  const keptIds = new Set([...kept.map(({ id }) => id), START, END])
  const others = all.filter(({ id }) => !keptIds.has(id))
  const nodes = [mark(START), ...kept, ...joinOthers(tree, others), mark(END)]
  return { nodes, edges: countEdges(passages, nodes, keptIds), joined: others.length, how: drawn }
}

function joinOthers(tree: TraceTree, others: readonly GraphNode[]): GraphNode[] {
  if (others.length === 0) return []
  const joined = graphNode(
    tree,
    OTHER,
    others.flatMap(({ nodes }) => nodes),
  )
  return [{ ...joined, kind: 'other', type: '', name: OTHER }]
}

const OTHER = 'other'

function graphNode(tree: TraceTree, id: string, nodes: readonly number[]): GraphNode {
  const [first = 0] = nodes
  const ended = nodes.filter((node) => !hasFlag(tree, node, FLAG.unended))
  const durations = ended.map((node) => durationOf(tree, node)).sort((a, b) => a - b)
  const costs = nodes.map((node) => tree.skeleton.cost[node] ?? Number.NaN).filter((cost) => !Number.isNaN(cost))
  return {
    id,
    kind: 'step',
    type: typeOf(tree, first),
    name: wordAt(tree.skeleton.graphNodes, first) ?? plainName(nameOf(tree, first)),
    nodes,
    calls: nodes.length,
    p50Ms: durations[Math.floor((durations.length - 1) / 2)] ?? Number.NaN,
    totalMs: durations.reduce((sum, ms) => sum + ms, 0),
    cost: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : Number.NaN,
    errors: nodes.filter((node) => tree.skeleton.levels[node] === ERROR).length,
  }
}

const mark = (kind: 'start' | 'end'): GraphNode => ({
  id: kind,
  kind,
  type: '',
  name: kind,
  nodes: [],
  calls: 0,
  p50Ms: 0,
  totalMs: 0,
  cost: Number.NaN,
  errors: 0,
})

/** In the order in which they first ran. */
function heaviest(nodes: readonly GraphNode[]): GraphNode[] {
  const kept = new Set(nodes.toSorted((a, b) => b.totalMs - a.totalMs).slice(0, KEPT_NODES))
  return nodes.filter((node) => kept.has(node))
}

function countEdges(passages: readonly Passage[], nodes: readonly GraphNode[], kept: ReadonlySet<string>): GraphEdge[] {
  const place = new Map(nodes.map(({ id }, index) => [id, index]))
  const counted = new Map<string, GraphEdge>()
  for (const passage of passages) {
    const [from = OTHER, to = OTHER] = [passage.from, passage.to].map((id) => (kept.has(id) ? id : OTHER))
    const key = JSON.stringify([from, to])
    const isLoop = (place.get(to) ?? 0) <= (place.get(from) ?? 0)
    counted.set(key, { from, to, count: (counted.get(key)?.count ?? 0) + passage.count, isLoop })
  }
  return [...counted.values()]
}
