/** The waterfall's shapes: rows to bars in pixels, ready to be drawn. */
import { at } from './column.ts'
import { FLAG } from './intervals.ts'
import { nodesOfRow, type Outline } from './outline.ts'
import type { TraceSums } from './sums.ts'
import { pxOf, type TimeScale } from './time-scale.ts'
import { hasFlag, typeOf } from './tree.ts'

export interface Bar {
  readonly node: number
  readonly fromPx: number
  /** At least 2 px. */
  readonly widthPx: number
  /** Index into LEVELS, the greatest of all that the bar stands for. */
  readonly level: number
}

export interface RowShape {
  /** One for a node, several for a group, none for an event. */
  readonly bars: readonly Bar[]
  /** Where an event is marked. */
  readonly markPx: number | undefined
  /** Where the first token came: what lies before is drawn lighter. */
  readonly firstTokenPx: number | undefined
  /** How far the subtree reaches beyond the node's own bar; undefined when it doesn't. */
  readonly whisker: { readonly fromPx: number; readonly toPx: number } | undefined
  /** The right edge is open: still running, or no end was recorded. */
  readonly edge: 'closed' | 'running' | 'unended'
}

const LEAST_PX = 2

export function shapeOfRow(
  outline: Outline,
  sums: TraceSums,
  { row, scale }: { row: number; scale: TimeScale },
): RowShape {
  const { tree } = outline
  const nodes = nodesOfRow(outline, row)
  const node = nodes.length === 1 ? nodes[0] : undefined
  if (node !== undefined && typeOf(tree, node) === 'EVENT')
    return { ...NOTHING, markPx: pxOf(scale, at(tree.start, node)) }
  const bars = mergeBars(nodes.map((member) => barOf(outline, scale, member)))
  if (node === undefined) return { ...NOTHING, bars }
  const firstToken = tree.skeleton.firstToken[node] ?? Number.NaN
  const edge = hasFlag(tree, node, FLAG.running) ? 'running' : hasFlag(tree, node, FLAG.unended) ? 'unended' : 'closed'
  return {
    bars,
    markPx: undefined,
    firstTokenPx: firstToken > at(tree.start, node) ? pxOf(scale, Math.min(firstToken, at(tree.end, node))) : undefined,
    whisker: whiskerOf(outline, sums, { node, scale }),
    edge,
  }
}

const NOTHING: RowShape = { bars: [], markPx: undefined, firstTokenPx: undefined, whisker: undefined, edge: 'closed' }

function barOf({ tree }: Outline, scale: TimeScale, node: number): Bar {
  const fromPx = pxOf(scale, at(tree.start, node))
  const widthPx = Math.max(LEAST_PX, pxOf(scale, at(tree.end, node)) - fromPx)
  return { node, fromPx, widthPx, level: tree.skeleton.levels[node] ?? 1 }
}

function whiskerOf({ tree }: Outline, sums: TraceSums, { node, scale }: { node: number; scale: TimeScale }) {
  const [fromMs, toMs] = [at(sums.minStart, node), at(sums.maxEnd, node)]
  if (fromMs >= at(tree.start, node) && toMs <= at(tree.end, node)) return undefined
  return { fromPx: pxOf(scale, fromMs), toPx: pxOf(scale, toMs) }
}

/** Bars by their left edge; one that begins less than a pixel after the last one's end is part of it. */
export function mergeBars(bars: readonly Bar[]): Bar[] {
  const merged: Bar[] = []
  for (const bar of bars.toSorted((a, b) => a.fromPx - b.fromPx)) {
    const last = merged.at(-1)
    const isNew = !last || (bar.fromPx - (last.fromPx + last.widthPx) >= 0 && bar.fromPx - last.fromPx >= 1)
    if (isNew) merged.push(bar)
    else merged[merged.length - 1] = joined(last, bar)
  }
  return merged
}

function joined(a: Bar, b: Bar): Bar {
  const toPx = Math.max(a.fromPx + a.widthPx, b.fromPx + b.widthPx)
  return {
    node: a.level >= b.level ? a.node : b.node,
    fromPx: a.fromPx,
    widthPx: toPx - a.fromPx,
    level: Math.max(a.level, b.level),
  }
}

export interface LabelPlace {
  readonly where: 'inside' | 'after' | 'before'
  /** Left edge of the text. */
  readonly px: number
}

const PADDING_PX = 4

/** Where a label of `textPx` goes: into the part of the bar that is on the screen, else after it, else before it. */
export function placeLabel(bar: { fromPx: number; widthPx: number }, textPx: number, viewPx: number): LabelPlace {
  const from = Math.max(0, bar.fromPx)
  const to = Math.min(viewPx, bar.fromPx + bar.widthPx)
  if (to - from >= textPx + 2 * PADDING_PX) return { where: 'inside', px: from + PADDING_PX }
  if (to + PADDING_PX + textPx <= viewPx) return { where: 'after', px: Math.max(0, to) + PADDING_PX }
  return { where: 'before', px: Math.max(0, Math.min(viewPx, from) - PADDING_PX - textPx) }
}

/** Whether anything of the span is in view. */
export const isInView = ({ fromPx, widthPx }: { fromPx: number; widthPx: number }, viewPx: number): boolean =>
  fromPx < viewPx && fromPx + widthPx > 0

/** The row under a height in pixels of the list; undefined below the last one. */
export const rowAt = (visible: Int32Array, y: number, rowPx: number): number | undefined =>
  visible[Math.floor(y / rowPx)]
