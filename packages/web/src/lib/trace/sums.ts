/** What each subtree adds up to, bottom-up over the reversed pre-order. */
import { at, filled } from './column.ts'
import { NO_NODE } from './parents.ts'
import { ERROR, WARNING } from './skeleton.ts'
import type { TraceTree } from './tree.ts'

export interface TraceSums {
  /** Observations of the subtree, the node included. */
  readonly count: Int32Array
  readonly errors: Int32Array
  readonly warnings: Int32Array
  /** NaN where nothing is known of the whole subtree. */
  readonly cost: Float64Array
  readonly inputTokens: Float64Array
  readonly outputTokens: Float64Array
  readonly cachedTokens: Float64Array
  readonly minStart: Float64Array
  readonly maxEnd: Float64Array
  /** Own interval minus the union of the children's, in ms. */
  readonly selfTime: Float64Array
  /** 1 where a node repeats the usage of what lies below it, which is counted once. */
  readonly repeatsUsage: Uint8Array
}

export function sumTree(tree: TraceTree): TraceSums {
  const { skeleton } = tree
  const observations = skeleton.ids.length
  const { inputTokens, outputTokens, repeatsUsage } = sumTokens(tree)
  return {
    count: sumMarks(tree, (node) => node < observations),
    errors: sumMarks(tree, (node) => skeleton.levels[node] === ERROR),
    warnings: sumMarks(tree, (node) => skeleton.levels[node] === WARNING),
    inputTokens,
    outputTokens,
    repeatsUsage,
    cost: sumKnown(tree, skeleton.cost, repeatsUsage),
    cachedTokens: sumKnown(tree, skeleton.cachedTokens, repeatsUsage),
    minStart: reach(tree, tree.start, Math.min),
    maxEnd: reach(tree, tree.end, Math.max),
    selfTime: selfTimes(tree),
  }
}

/** Calls `visit` with each node and its parent, children first. */
function climb({ order, parent }: TraceTree, visit: (node: number, above: number) => void): void {
  for (let index = order.length - 1; index >= 0; index--) {
    const node = at(order, index)
    visit(node, at(parent, node))
  }
}

function sumMarks(tree: TraceTree, isMarked: (node: number) => boolean): Int32Array {
  const sums = new Int32Array(tree.nodeCount)
  climb(tree, (node, above) => {
    sums[node] = at(sums, node) + Number(isMarked(node))
    if (above !== NO_NODE) sums[above] = at(sums, above) + at(sums, node)
  })
  return sums
}

/** A node whose own usage is that of all below it wraps them: it adds nothing. */
function sumTokens(tree: TraceTree): Pick<TraceSums, 'inputTokens' | 'outputTokens' | 'repeatsUsage'> {
  const { inputTokens: ownInput, outputTokens: ownOutput, ids } = tree.skeleton
  const inputTokens = new Float64Array(tree.nodeCount).fill(Number.NaN)
  const outputTokens = new Float64Array(tree.nodeCount).fill(Number.NaN)
  const repeatsUsage = new Uint8Array(tree.nodeCount)
  climb(tree, (node, above) => {
    if (node < ids.length) {
      const [input, output] = [at(ownInput, node), at(ownOutput, node)]
      const isSame = input === at(inputTokens, node) && output === at(outputTokens, node)
      if (isSame && input + output > 0) repeatsUsage[node] = 1
      else {
        inputTokens[node] = addKnown(input, at(inputTokens, node))
        outputTokens[node] = addKnown(output, at(outputTokens, node))
      }
    }
    if (above === NO_NODE) return
    inputTokens[above] = addKnown(at(inputTokens, above), at(inputTokens, node))
    outputTokens[above] = addKnown(at(outputTokens, above), at(outputTokens, node))
  })
  return { inputTokens, outputTokens, repeatsUsage }
}

/** Of a wrapper, its own figure stands for all below it, when it has one. */
function sumKnown(tree: TraceTree, own: Float64Array, wraps: Uint8Array): Float64Array {
  const sums = new Float64Array(tree.nodeCount).fill(Number.NaN)
  climb(tree, (node, above) => {
    const mine = own[node] ?? Number.NaN
    sums[node] = wraps[node] === 1 && !Number.isNaN(mine) ? mine : addKnown(mine, at(sums, node))
    if (above !== NO_NODE) sums[above] = addKnown(at(sums, above), at(sums, node))
  })
  return sums
}

function reach(tree: TraceTree, own: Float64Array, pick: (a: number, b: number) => number): Float64Array {
  const reached = own.slice()
  climb(tree, (node, above) => {
    if (above !== NO_NODE) reached[above] = pick(at(reached, above), at(reached, node))
  })
  return reached
}

const addKnown = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : a + b)

/** Siblings come by start, so that one running end for each parent is enough to take the union. */
function selfTimes(tree: TraceTree): Float64Array {
  const covered = new Float64Array(tree.nodeCount)
  const reached = new Float64Array(tree.nodeCount).fill(Number.NEGATIVE_INFINITY)
  for (const node of tree.order) {
    const above = at(tree.parent, node)
    if (above === NO_NODE) continue
    const from = Math.max(at(tree.start, node), at(tree.start, above), at(reached, above))
    const to = Math.min(at(tree.end, node), at(tree.end, above))
    if (to <= from) continue
    covered[above] = at(covered, above) + to - from
    reached[above] = to
  }
  return filled(covered, (node) => Math.max(0, at(tree.end, node) - at(tree.start, node) - at(covered, node)))
}
