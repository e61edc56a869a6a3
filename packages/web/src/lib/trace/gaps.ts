/** When nothing was at work: the intervals of a trace in which no leaf runs. */
import { at } from './column.ts'
import { type TraceTree, typeOf } from './tree.ts'

export interface Gap {
  readonly fromMs: number
  readonly toMs: number
}

export interface Idleness {
  /** Those worth folding: longer than 5 % of the trace and than 500 ms. */
  readonly gaps: readonly Gap[]
  readonly idleMs: number
  /** Idle share of the trace, 0 to 1. */
  readonly share: number
  /** Whether gaps should be folded without being asked for: more than 40 % is idle. */
  readonly isMostly: boolean
}

const LEAST_SHARE = 0.05
const LEAST_MS = 500
const MOSTLY = 0.4

export function findGaps(tree: TraceTree): Idleness {
  const total = tree.toMs - tree.fromMs
  const idle = complement(tree, busyLeaves(tree))
  const idleMs = idle.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  const share = total > 0 ? idleMs / total : 0
  const gaps = idle.filter(({ fromMs, toMs }) => toMs - fromMs > LEAST_MS && toMs - fromMs > total * LEAST_SHARE)
  return { gaps, idleMs, share, isMostly: share > MOSTLY && gaps.length > 0 }
}

/** Leaves by start. Events last no time and don't count. */
function busyLeaves(tree: TraceTree): Int32Array {
  return tree.order
    .filter((node) => tree.size[node] === 1 && typeOf(tree, node) !== 'EVENT')
    .sort((a, b) => at(tree.start, a) - at(tree.start, b))
}

function complement(tree: TraceTree, leaves: Int32Array): Gap[] {
  const idle: Gap[] = []
  let reached = tree.fromMs
  for (const leaf of leaves) {
    if (at(tree.start, leaf) > reached) idle.push({ fromMs: reached, toMs: at(tree.start, leaf) })
    reached = Math.max(reached, at(tree.end, leaf))
  }
  if (tree.toMs > reached) idle.push({ fromMs: reached, toMs: tree.toMs })
  return idle
}
