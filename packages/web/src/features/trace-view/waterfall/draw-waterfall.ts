/** The bars of the mounted rows on one canvas, from the arrays of the trace; drawn anew whenever rows, scale or theme change. */

import { statusOf, type TraceModel } from '#features/trace-view/model/trace-model.ts'
import { formatDuration, formatRunning } from '#lib/format/duration.ts'
import { wordAt } from '#lib/trace/column.ts'
import { FLAG } from '#lib/trace/intervals.ts'
import { groupOfRow, nodesOfRow, type Outline } from '#lib/trace/outline.ts'
import { ERROR, WARNING } from '#lib/trace/skeleton.ts'
import { pxOf, type TimeScale, ticksOf } from '#lib/trace/time-scale.ts'
import { durationOf, hasFlag, typeOf } from '#lib/trace/tree.ts'
import { type Bar, isInView, type RowShape, shapeOfRow } from '#lib/trace/waterfall.ts'
import { crisp } from './canvas.ts'
import type { Palette } from './palette.ts'

export interface WaterfallScene {
  readonly model: TraceModel
  readonly outline: Outline
  readonly visible: Int32Array
  /** Indexes into `visible`. */
  readonly from: number
  readonly to: number
  readonly scale: TimeScale
  readonly rowPx: number
  /** Middle of the bar, from the top of its row. */
  readonly barMiddlePx: number
  readonly hasPath: boolean
  /** Lines at the ticks; not where words stand over the bars. */
  readonly hasGrid: boolean
  readonly palette: Palette
}

const BAR_PX = 10
const RADIUS = 2
/** How much of the colour is left where the first token was still awaited. */
const LIGHT = 0.45

type Context = CanvasRenderingContext2D

export function drawWaterfall(context: Context, scene: WaterfallScene): void {
  drawGround(context, scene)
  for (let index = scene.from; index < scene.to; index++) {
    const row = scene.visible[index]
    if (row === undefined) continue
    context.save()
    context.translate(0, (index - scene.from) * scene.rowPx + scene.barMiddlePx)
    drawRow(context, scene, row)
    context.restore()
  }
}

function drawGround(context: Context, { scale, palette, from, to, rowPx, model, hasGrid }: WaterfallScene): void {
  if (!hasGrid) return
  const height = (to - from) * rowPx
  context.strokeStyle = palette.line
  context.lineWidth = 1
  context.beginPath()
  for (const { px } of ticksOf(scale, model.tree.fromMs)) {
    context.moveTo(crisp(px), 0)
    context.lineTo(crisp(px), height)
  }
  context.stroke()
  for (const piece of scale.pieces) {
    if (!piece.isFolded) continue
    context.fillStyle = palette.sunken
    context.fillRect(piece.fromPx, 0, piece.toPx - piece.fromPx, height)
  }
}

function drawRow(context: Context, scene: WaterfallScene, row: number): void {
  const { model, outline, scale, palette } = scene
  const shape = shapeOfRow(outline, model.sums, { row, scale })
  if (shape.whisker) drawWhisker(context, shape.whisker, palette)
  for (const bar of shape.bars) {
    if (isInView(bar, scale.widthPx)) drawBar(context, { scene, shape, bar })
  }
  if (shape.markPx !== undefined) drawMark(context, shape.markPx, colourOf(scene, row))
  if (scene.hasPath) drawPath(context, scene, row)
  const label = labelOf(scene, row)
  const extent = extentOf(shape)
  if (label && extent && isInView(extent, scale.widthPx)) drawLabel(context, { scene, extent, label })
}

const colourOf = ({ model, palette }: WaterfallScene, node: number): string =>
  palette.typeColour(typeOf(model.tree, node))

interface DrawnBar {
  readonly scene: WaterfallScene
  readonly shape: RowShape
  readonly bar: Bar
}

/** Beyond these a rectangle is clipped: canvases do not like coordinates of millions. */
const BEYOND_PX = 20

function clip({ fromPx, widthPx }: { fromPx: number; widthPx: number }, viewPx: number): readonly [number, number] {
  const from = Math.max(-BEYOND_PX, fromPx)
  return [from, Math.min(viewPx + BEYOND_PX, fromPx + widthPx) - from]
}

function drawBar(context: Context, { scene, shape, bar }: DrawnBar): void {
  const { palette, scale } = scene
  const [from, width] = clip(bar, scale.widthPx)
  const top = -BAR_PX / 2
  context.fillStyle = colourOf(scene, bar.node)
  if (shape.firstTokenPx !== undefined) {
    const lightEnd = Math.max(from, Math.min(from + width, shape.firstTokenPx))
    context.globalAlpha = LIGHT
    fillRound(context, [from, top, width, BAR_PX])
    context.globalAlpha = 1
    if (from + width > lightEnd) context.fillRect(lightEnd, top, from + width - lightEnd, BAR_PX)
  } else fillRound(context, [from, top, width, BAR_PX])
  if (shape.edge !== 'closed') drawOpenEdge(context, { x: from + width, top, isRunning: shape.edge === 'running' })
  if (bar.level !== ERROR && bar.level !== WARNING) return
  context.strokeStyle = bar.level === ERROR ? palette.error : palette.warning
  context.lineWidth = 1.5
  context.beginPath()
  context.roundRect(from - 1.5, top - 1.5, width + 3, BAR_PX + 3, RADIUS + 1)
  context.stroke()
}

function fillRound(context: Context, [x, y, width, height]: readonly [number, number, number, number]): void {
  context.beginPath()
  context.roundRect(x, y, width, height, Math.min(RADIUS, width / 2))
  context.fill()
}

/** Running: three dots go on; never ended: the bar frays. */
function drawOpenEdge(context: Context, { x, top, isRunning }: { x: number; top: number; isRunning: boolean }): void {
  for (let step = 0; step < 3; step++) {
    context.globalAlpha = 0.7 - step * 0.2
    if (isRunning) context.fillRect(x + 3 + step * 5, -1, 2, 2)
    else context.fillRect(x + 1 + step * 3, top, 2, BAR_PX)
  }
  context.globalAlpha = 1
}

function drawWhisker(context: Context, whisker: { fromPx: number; toPx: number }, palette: Palette): void {
  context.strokeStyle = palette.text3
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(whisker.fromPx, 0.5)
  context.lineTo(whisker.toPx, 0.5)
  for (const px of [whisker.fromPx, whisker.toPx]) {
    context.moveTo(crisp(px), -2.5)
    context.lineTo(crisp(px), 3.5)
  }
  context.stroke()
}

function drawMark(context: Context, px: number, colour: string): void {
  context.fillStyle = colour
  context.beginPath()
  context.moveTo(px, -5)
  context.lineTo(px + 5, 0)
  context.lineTo(px, 5)
  context.lineTo(px - 5, 0)
  context.fill()
}

/** Less ink than this is a speck. */
const LEAST_INK_PX = 1.5

/** Ink, 2 px under the bar: what the trace waited for. */
function drawPath(context: Context, { model, outline, scale, palette }: WaterfallScene, row: number): void {
  context.fillStyle = palette.text
  for (const node of nodesOfRow(outline, row)) {
    for (const { fromMs, toMs } of model.pathOf.get(node) ?? []) {
      const fromPx = pxOf(scale, fromMs)
      const [from, width] = clip({ fromPx, widthPx: pxOf(scale, toMs) - fromPx }, scale.widthPx)
      if (width >= LEAST_INK_PX) context.fillRect(from, BAR_PX / 2 + 2, width, 2)
    }
  }
}

function extentOf({ bars, markPx }: RowShape): { fromPx: number; widthPx: number } | undefined {
  const [first, last] = [bars[0], bars.at(-1)]
  if (first && last) return { fromPx: first.fromPx, widthPx: last.fromPx + last.widthPx - first.fromPx }
  return markPx === undefined ? undefined : { fromPx: markPx - 5, widthPx: 10 }
}

interface Label {
  readonly text: string
  readonly isError: boolean
}

const STATUS_CHARS = 48

/** What went wrong, else which model, else how long. */
function labelOf({ model, outline }: WaterfallScene, row: number): Label | undefined {
  if (groupOfRow(outline, row)) return undefined
  const { skeleton } = model.tree
  const status = statusOf(model, row)
  const isError = skeleton.levels[row] === ERROR
  if (isError && status) return { text: shortened(status), isError }
  const name = wordAt(skeleton.models, row)
  if (name) return { text: name, isError }
  if (typeOf(model.tree, row) === 'EVENT') return undefined
  const duration = durationOf(model.tree, row)
  return { text: hasFlag(model.tree, row, FLAG.running) ? formatRunning(duration) : formatDuration(duration), isError }
}

function shortened(text: string): string {
  const line = text.split('\n', 1)[0] ?? ''
  return line.length > STATUS_CHARS ? `${line.slice(0, STATUS_CHARS)}…` : line
}

const LABEL_GAP_PX = 6

/** After the bar, else before it, else not at all: letters do not fit into a bar, and half a label says nothing. */
function drawLabel(
  context: Context,
  { scene, extent, label }: { scene: WaterfallScene; extent: { fromPx: number; widthPx: number }; label: Label },
): void {
  const { palette, scale } = scene
  const width = context.measureText(label.text).width
  const after = Math.max(0, extent.fromPx + extent.widthPx) + LABEL_GAP_PX
  const before = Math.min(scale.widthPx, extent.fromPx) - LABEL_GAP_PX - width
  const px = after + width <= scale.widthPx ? after : before
  if (px < 0) return
  context.fillStyle = label.isError ? palette.error : palette.text3
  context.fillText(label.text, px, 0.5)
}
