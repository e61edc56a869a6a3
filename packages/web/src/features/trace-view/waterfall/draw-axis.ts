import { formatDuration } from '#lib/format/duration.ts'
import { type TimeScale, ticksOf } from '#lib/trace/time-scale.ts'
import { crisp } from './canvas.ts'
import type { Palette } from './palette.ts'

interface AxisScene {
  readonly scale: TimeScale
  /** Where labels count from. */
  readonly zeroMs: number
  readonly heightPx: number
  readonly palette: Palette
}

/** Tick labels over the waterfall, and what folded gaps stand for. */
export function drawAxis(context: CanvasRenderingContext2D, { scale, zeroMs, heightPx, palette }: AxisScene): void {
  const middle = heightPx / 2
  const folds = scale.pieces.filter(({ isFolded }) => isFolded)
  const labels = folds.map((piece) => {
    const text = `≈ ${formatDuration(piece.toMs - piece.fromMs)}`
    const width = context.measureText(text).width
    const px = Math.max(2, Math.min(scale.widthPx - width - 2, (piece.fromPx + piece.toPx) / 2 - width / 2))
    return { text, fromPx: px, toPx: px + width }
  })
  context.strokeStyle = palette.line
  context.lineWidth = 1
  context.fillStyle = palette.text3
  for (const { px, label } of ticksOf(scale, zeroMs)) {
    context.beginPath()
    context.moveTo(crisp(px), heightPx - 5)
    context.lineTo(crisp(px), heightPx)
    context.stroke()
    const width = context.measureText(label).width
    const isFree = labels.every((fold) => px + 4 + width < fold.fromPx - 4 || px > fold.toPx + 4)
    if (px + 4 + width <= scale.widthPx && isFree) context.fillText(label, px + 4, middle)
  }
  for (const piece of folds) {
    context.fillStyle = palette.sunken
    context.fillRect(piece.fromPx, 0, piece.toPx - piece.fromPx, heightPx)
  }
  context.fillStyle = palette.text2
  for (const { text, fromPx } of labels) context.fillText(text, fromPx, middle)
}
