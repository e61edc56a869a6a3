/**
 * The critical path: from the end backwards, at each moment the node that the rest waited for. Its
 * segments tile the root's interval exactly. A child that outlives its parent is clipped to it; one
 * that starts after the parent's end is out, as are events.
 */
import { at } from './column.ts'
import { NO_NODE } from './parents.ts'
import { childrenOf, type TraceTree, typeOf } from './tree.ts'

export interface PathSegment {
  /** NO_NODE for time between the roots of a trace with several. */
  readonly node: number
  /** Offsets in ms, `fromMs` < `toMs`. */
  readonly fromMs: number
  readonly toMs: number
}

/** In order of time. `root` may be any node, or left out for the whole trace. */
export function criticalPath(tree: TraceTree, root = soleRoot(tree)): readonly PathSegment[] {
  const segments: PathSegment[] = []
  const whole =
    root === NO_NODE
      ? { fromMs: tree.fromMs, toMs: tree.toMs }
      : { fromMs: at(tree.start, root), toMs: at(tree.end, root) }
  const stack: Frame[] = [frameOf(tree, root, whole)]
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const child = nextChild(frame)
    const own = { node: frame.node, fromMs: child?.toMs ?? frame.fromMs, toMs: frame.cursor }
    if (own.fromMs < own.toMs) segments.push(own)
    if (!child) stack.pop()
    else {
      frame.cursor = child.fromMs
      stack.push(frameOf(tree, child.node, child))
    }
  }
  return segments.reverse()
}

/** The one root of the trace, else NO_NODE. */
const soleRoot = (tree: TraceTree): number => (tree.roots.length === 1 ? (tree.roots[0] ?? NO_NODE) : NO_NODE)

/** The nodes on the path, each once, in the order in which the path first meets them. */
export const nodesOfPath = (path: readonly PathSegment[]): readonly number[] => [
  ...new Set(path.map(({ node }) => node).filter((node) => node !== NO_NODE)),
]

interface Frame {
  readonly node: number
  readonly fromMs: number
  /** Where the walk stands; all after it is told. */
  cursor: number
  /** Children clipped to the node's interval, the one that ends last at the end. */
  readonly candidates: PathSegment[]
}

function frameOf(tree: TraceTree, node: number, { fromMs, toMs }: { fromMs: number; toMs: number }): Frame {
  const candidates = childrenOf(tree, node)
    .filter((child) => typeOf(tree, child) !== 'EVENT')
    .map((child) => ({
      node: child,
      fromMs: Math.max(fromMs, at(tree.start, child)),
      toMs: Math.min(toMs, at(tree.end, child)),
    }))
    .filter((child) => child.fromMs < child.toMs)
    .sort((a, b) => a.toMs - b.toMs || b.fromMs - a.fromMs)
  return { node, fromMs, cursor: toMs, candidates }
}

/** The child that ends last at or before the cursor; those that end after it ran beside the path. */
function nextChild(frame: Frame): PathSegment | undefined {
  for (let child = frame.candidates.pop(); child; child = frame.candidates.pop()) {
    if (child.toMs <= frame.cursor) return child
  }
  return undefined
}
