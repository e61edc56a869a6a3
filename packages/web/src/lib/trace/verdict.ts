/** One computed sentence on where a trace's time and money went; the same trace, the same sentence. */
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatPercent } from '#lib/format/figures.ts'
import { at } from './column.ts'
import { criticalPath, type PathSegment } from './critical-path.ts'
import { NO_NODE } from './parents.ts'
import { sumTree, type TraceSums } from './sums.ts'
import { nameOf, type TraceTree, typeOf } from './tree.ts'

/** Nodes of one type and name, and how much of the whole is theirs. */
export interface Share {
  readonly type: string
  readonly name: string
  readonly nodes: readonly number[]
  /** ms on the critical path, or US dollars. */
  readonly amount: number
  /** 0 to 1. */
  readonly share: number
}

export interface Verdict {
  readonly totalMs: number
  /** What took most of the critical path; undefined for a trace that took no time. */
  readonly time: (Share & { readonly run: 'once' | 'sequence' | 'parallel' }) | undefined
  /** Time on the path in which only containers ran, when it is more than 10 %. */
  readonly idle: Idle | undefined
  /** What cost most; undefined when no cost is known. */
  readonly cost: Share | undefined
}

export interface Idle {
  readonly ms: number
  readonly share: number
  /** The longest stretch, and the nodes that end and begin around it. */
  readonly longest: PathSegment
  readonly after: number | undefined
  readonly before: number | undefined
}

/** A piece of the sentence; with nodes it is a link to them. */
export interface Phrase {
  readonly text: string
  readonly nodes?: readonly number[]
}

const IDLE_LEAST = 0.1

export function judge(tree: TraceTree, sums: TraceSums = sumTree(tree), path = criticalPath(tree)): Verdict {
  const totalMs = path.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  const working = path.filter(({ node }) => isWork(tree, node))
  const time = largest(
    tree,
    working.length > 0 ? working.map((segment) => ({ node: segment.node, amount: segment.toMs - segment.fromMs })) : [],
    totalMs,
  )
  const run = time && (time.nodes.length === 1 ? 'once' : isParallel(tree, time) ? 'parallel' : 'sequence')
  return {
    totalMs,
    time: time && run && { ...time, run },
    idle: findIdle(tree, path, totalMs),
    cost: findCost(tree, sums),
  }
}

/** The sentence in phrases, in order, with the blanks between them. */
export function phrasesOf(tree: TraceTree, { totalMs, time, idle, cost }: Verdict): readonly Phrase[] {
  const phrases: Phrase[] = []
  if (time) {
    const manner = { once: '', sequence: ', one after another', parallel: ', side by side' }[time.run]
    phrases.push({ text: `${formatPercent(time.share)} of ${formatDuration(totalMs)} waits on ` }, titled(time), {
      text: manner,
    })
  }
  if (idle) {
    phrases.push(
      { text: time ? '; ' : '' },
      { text: `${formatDuration(idle.ms)} idle`, nodes: idle.longest.node === NO_NODE ? [] : [idle.longest.node] },
    )
    if (idle.after !== undefined && idle.before !== undefined)
      phrases.push(
        { text: ', most between ' },
        { text: nameOf(tree, idle.after), nodes: [idle.after] },
        { text: ' and ' },
        { text: nameOf(tree, idle.before), nodes: [idle.before] },
      )
  }
  if (cost)
    phrases.push(
      {
        text: `${phrases.length > 0 ? '; ' : ''}${formatPercent(cost.share)} of ${formatCost(cost.amount / cost.share)} is `,
      },
      titled(cost),
    )
  return phrases.length > 0 ? [...phrases.filter(({ text }) => text !== ''), { text: '.' }] : []
}

const titled = ({ type, name, nodes }: Share): Phrase => ({
  text: `${name || type.toLowerCase() || 'what has no name'}${nodes.length > 1 ? ` ×${nodes.length}` : ''}`,
  nodes,
})

/** A node whose own time is work: one without children, or of a type that works while it holds others. */
const isWork = (tree: TraceTree, node: number): boolean =>
  node !== NO_NODE && (at(tree.size, node) === 1 || WORKERS.has(typeOf(tree, node)))

const WORKERS: ReadonlySet<string> = new Set(['GENERATION', 'TOOL', 'RETRIEVER', 'EMBEDDING', 'EVALUATOR', 'GUARDRAIL'])

interface Amount {
  readonly node: number
  readonly amount: number
}

function largest(tree: TraceTree, amounts: readonly Amount[], total: number): Share | undefined {
  const shares = new Map<string, { type: string; name: string; nodes: Set<number>; amount: number }>()
  for (const { node, amount } of amounts) {
    const [type, name] = [typeOf(tree, node), nameOf(tree, node)]
    const key = `${type}\n${name}`
    const known = shares.get(key) ?? { type, name, nodes: new Set<number>(), amount: 0 }
    known.nodes.add(node)
    known.amount += amount
    shares.set(key, known)
  }
  const [first] = [...shares.values()].sort((a, b) => b.amount - a.amount)
  if (!first || !(first.amount > 0)) return undefined
  const nodes = [...first.nodes].sort((a, b) => at(tree.position, a) - at(tree.position, b))
  return { ...first, nodes, share: first.amount / total }
}

/** Whether any two of all nodes of that kind overlap, also beside the path; one within the other runs not beside it. */
function isParallel(tree: TraceTree, { type, name }: Share): boolean {
  const nodes = outermost(
    tree,
    tree.order.filter((node) => typeOf(tree, node) === type && nameOf(tree, node) === name),
  )
  nodes.sort((a, b) => at(tree.start, a) - at(tree.start, b))
  return nodes.some((node, index) => index > 0 && at(tree.start, node) < at(tree.end, nodes[index - 1] ?? node))
}

/** Of nodes in pre-order, those that lie within none of the others. */
function outermost(tree: TraceTree, nodes: Int32Array): Int32Array {
  let last = -1
  return nodes.filter((node) => {
    const isOuter = at(tree.position, node) > last
    if (isOuter) last = at(tree.position, node) + at(tree.size, node) - 1
    return isOuter
  })
}

function findIdle(tree: TraceTree, path: readonly PathSegment[], totalMs: number): Idle | undefined {
  const idle = path.map((segment, index) => ({ segment, index })).filter(({ segment }) => !isWork(tree, segment.node))
  const ms = idle.reduce((sum, { segment }) => sum + segment.toMs - segment.fromMs, 0)
  const [longest] = idle.sort((a, b) => lengthOf(b.segment) - lengthOf(a.segment))
  if (!longest || ms <= totalMs * IDLE_LEAST) return undefined
  const beside = (offset: number) => neighbour(tree, longest.segment.node, path[longest.index + offset]?.node)
  return { ms, share: ms / totalMs, longest: longest.segment, after: beside(-1), before: beside(1) }
}

const lengthOf = ({ fromMs, toMs }: PathSegment): number => toMs - fromMs

/** The child of `parent` that holds `node`, itself when it is one; undefined when it lies elsewhere. */
function neighbour(tree: TraceTree, parent: number, node: number | undefined): number | undefined {
  for (let walk = node ?? NO_NODE; walk !== NO_NODE; walk = at(tree.parent, walk)) {
    if (at(tree.parent, walk) === parent) return walk
  }
  return undefined
}

function findCost(tree: TraceTree, sums: TraceSums): Share | undefined {
  const total = tree.roots.reduce((sum, root) => sum + (sums.cost[root] || 0), 0)
  if (!(total > 0)) return undefined
  const amounts = [...tree.order]
    .filter((node) => node < tree.skeleton.ids.length && sums.repeatsUsage[node] === 0)
    .map((node) => ({ node, amount: tree.skeleton.cost[node] || 0 }))
  return largest(tree, amounts, total)
}
