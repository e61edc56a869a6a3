/** Two traces side by side: what is in one only, what became slower or dearer, and where they part. */
import { align } from './align.ts'
import { at } from './column.ts'
import { durationOf, nameOf, type TraceTree, typeOf } from './tree.ts'

export interface ComparedRow {
  /** Nodes of the one and the other trace; undefined where one has none. */
  readonly a: number | undefined
  readonly b: number | undefined
  readonly change: 'same' | 'added' | 'removed' | 'slower' | 'faster' | 'dearer' | 'cheaper'
  /** b − a in ms and US dollars; undefined where one side is missing or unknown. */
  readonly addedMs: number | undefined
  readonly addedCost: number | undefined
}

const LEAST_SHARE = 0.2
const LEAST_MS = 100

/** Aligned by type, name and depth, in pre-order of both. */
export function compareTraces(a: TraceTree, b: TraceTree): readonly ComparedRow[] {
  const keysOf = (tree: TraceTree) =>
    Array.from(tree.order, (node) => `${at(tree.depth, node)} ${typeOf(tree, node)} ${nameOf(tree, node)}`)
  return align(keysOf(a), keysOf(b)).map(([one, other]) => {
    const [nodeA, nodeB] = [
      one === undefined ? undefined : at(a.order, one),
      other === undefined ? undefined : at(b.order, other),
    ]
    return compareNodes({ tree: a, node: nodeA }, { tree: b, node: nodeB })
  })
}

interface Side {
  readonly tree: TraceTree
  readonly node: number | undefined
}

function compareNodes({ tree: treeA, node: a }: Side, { tree: treeB, node: b }: Side): ComparedRow {
  if (a === undefined || b === undefined)
    return { a, b, change: a === undefined ? 'added' : 'removed', addedMs: undefined, addedCost: undefined }
  const [msA, msB] = [durationOf(treeA, a), durationOf(treeB, b)]
  const [costA, costB] = [treeA.skeleton.cost[a] ?? Number.NaN, treeB.skeleton.cost[b] ?? Number.NaN]
  const addedCost = Number.isNaN(costB - costA) ? undefined : costB - costA
  return { a, b, change: changeOf({ msA, msB, costA, costB }), addedMs: msB - msA, addedCost }
}

/** Time goes before money: the row can bear one mark. */
function changeOf({
  msA,
  msB,
  costA,
  costB,
}: {
  msA: number
  msB: number
  costA: number
  costB: number
}): ComparedRow['change'] {
  const isMuch = (from: number, to: number) => Math.abs(to - from) > LEAST_SHARE * Math.min(from, to)
  if (Math.abs(msB - msA) > LEAST_MS && isMuch(msA, msB)) return msB > msA ? 'slower' : 'faster'
  if (costA !== costB && isMuch(costA, costB)) return costB > costA ? 'dearer' : 'cheaper'
  return 'same'
}

/**
 * The first place at which the runs part: an observation that only one has, or a pair whose output
 * differs. `isSameOutput` may answer undefined for a pair whose outputs are not known yet: then nothing
 * is known beyond it, and so is the answer.
 */
export function firstDivergence(
  rows: readonly ComparedRow[],
  isSameOutput: (a: number, b: number) => boolean | undefined,
): { readonly row: number; readonly isKnown: boolean } | undefined {
  for (const [row, { a, b }] of rows.entries()) {
    const isSame = a === undefined || b === undefined ? false : isSameOutput(a, b)
    if (isSame !== true) return { row, isKnown: isSame === false }
  }
  return undefined
}

/** Runs of rows in which nothing changed, to be folded away: from, to (exclusive), at least `least` long. */
export function foldSame(
  rows: readonly ComparedRow[],
  least = 3,
): readonly { readonly from: number; readonly to: number }[] {
  const folds: { from: number; to: number }[] = []
  for (let from = 0; from < rows.length; ) {
    let to = from
    while (to < rows.length && rows[to]?.change === 'same') to++
    if (to - from >= least) folds.push({ from, to })
    from = Math.max(to, from + 1)
  }
  return folds
}
