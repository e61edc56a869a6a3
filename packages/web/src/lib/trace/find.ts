/** Finding nodes and walking from one to the next. Lists of nodes are in pre-order. */
import { at, type WordColumn } from './column.ts'
import { ERROR } from './skeleton.ts'
import type { TraceTree } from './tree.ts'

const ID_LEAST = 4

/** Nodes whose name, type or model holds the text, or whose id does (from four characters on); without regard to case. */
export function findNodes(tree: TraceTree, text: string): Int32Array {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return new Int32Array(0)
  const { names, types, models, ids } = tree.skeleton
  const columns = [names, types, models].map((column) => ({ column, hits: wordHits(column, wanted) }))
  const plain = wanted.replaceAll('-', '')
  const hasId = (node: number) => (ids[node] ?? '').toLowerCase().replaceAll('-', '').includes(plain)
  return tree.order.filter(
    (node) =>
      columns.some(({ column, hits }) => hits[column.codes[node] ?? -1] === 1) ||
      (wanted.length >= ID_LEAST && plain !== '' && hasId(node)),
  )
}

const wordHits = ({ words }: WordColumn, wanted: string): Uint8Array =>
  Uint8Array.from(words, (word) => Number(word.toLowerCase().includes(wanted)))

/** Nodes of the level ERROR. */
export const findErrors = (tree: TraceTree): Int32Array =>
  tree.order.filter((node) => tree.skeleton.levels[node] === ERROR)

/** The next (1) or previous (−1) of `nodes` seen from `from` in the order of the tree, around the end; undefined when there is none. */
export function nextOf(
  tree: TraceTree,
  nodes: ArrayLike<number>,
  walk: { from: number | undefined; direction: 1 | -1 },
): number | undefined {
  const { from, direction } = walk
  const here = from === undefined ? -1 : at(tree.position, from)
  const list = Array.from(nodes)
  if (direction === 1) return list.find((node) => at(tree.position, node) > here) ?? list[0]
  return (here < 0 ? undefined : list.findLast((node) => at(tree.position, node) < here)) ?? list.at(-1)
}

/** The node of an id, with or without dashes; undefined when the trace has none. */
export function nodeOfId(tree: TraceTree, id: string): number | undefined {
  const exact = tree.skeleton.ids.lastIndexOf(id)
  if (exact >= 0 && at(tree.position, exact) >= 0) return exact
  const plain = id.toLowerCase().replaceAll('-', '')
  return tree.order.find((node) => tree.skeleton.ids[node]?.toLowerCase().replaceAll('-', '') === plain)
}
