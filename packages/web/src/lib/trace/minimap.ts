/** The whole trace as a small image: time across, depth down. Made once for each version of a trace. */
import { at } from './column.ts'
import type { Gap } from './gaps.ts'
import { pxOf, timeScale } from './time-scale.ts'
import type { TraceTree } from './tree.ts'

export interface Minimap {
  readonly columns: number
  readonly rows: number
  /** By cell, row after row: 0 nothing, else 1 + the greatest level (index into LEVELS) that runs there. */
  readonly levels: Uint8Array
  /** By cell: the code of the type in `skeleton.types` that was drawn last, −1 for none. */
  readonly types: Int16Array
}

/** Deeper trees than `rows` are pressed together. */
export function buildMinimap(tree: TraceTree, size: { columns: number; rows: number; gaps?: readonly Gap[] }): Minimap {
  const { columns, rows } = size
  const levels = new Uint8Array(columns * rows)
  const types = new Int16Array(columns * rows).fill(-1)
  const scale = timeScale({ fromMs: tree.fromMs, toMs: tree.toMs, widthPx: columns, gaps: size.gaps ?? [] })
  const deepest = tree.depth.reduce((most, depth) => Math.max(most, depth), 0)
  const rowOf = (depth: number) => (deepest < rows ? depth : Math.floor((depth / (deepest + 1)) * rows))
  for (const node of tree.order) {
    if (node >= tree.skeleton.ids.length) continue
    const from = Math.min(columns - 1, Math.floor(pxOf(scale, at(tree.start, node))))
    const to = Math.min(columns, Math.max(from + 1, Math.ceil(pxOf(scale, at(tree.end, node)))))
    const row = rowOf(at(tree.depth, node)) * columns
    const level = at(tree.skeleton.levels, node) + 1
    types.fill(at(tree.skeleton.types.codes, node), row + from, row + to)
    for (let cell = row + from; cell < row + to; cell++) levels[cell] = Math.max(at(levels, cell), level)
  }
  return { columns, rows, levels, types }
}
