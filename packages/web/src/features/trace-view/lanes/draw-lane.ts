import { tokenColour } from '#components/chart/use-token-colours.ts'
import { crisp } from '#features/trace-view/waterfall/canvas.ts'
import type { Palette } from '#features/trace-view/waterfall/palette.ts'
import { type Extent, type LaneLine, type LanePoint, runsOf } from '#lib/metrics/lane.ts'
import { pxOf, type TimeScale, ticksOf } from '#lib/trace/time-scale.ts'

interface LaneScene {
  readonly lines: readonly LaneLine[]
  /** Tokens, by label. */
  readonly colours: ReadonlyMap<string, string>
  /** What bottom and top stand for. */
  readonly height: Extent
  readonly scale: TimeScale
  readonly zeroMs: number
  readonly heightPx: number
  readonly palette: Palette
}

type Context = CanvasRenderingContext2D

/** Kept free above and below, so that lines at the ends are whole. */
const EDGE_PX = 4
const GROUND_ALPHA = 0.12

/** The lines of one metric on the axis of the trace, with the same grid and folds as the bars over them. */
export function drawLane(context: Context, scene: LaneScene): void {
  drawGround(context, scene)
  for (const line of scene.lines) {
    const colour = tokenColour(scene.colours.get(line.label) ?? 'chart-8')
    context.strokeStyle = colour
    context.fillStyle = colour
    for (const run of runsOf(line)) drawRun(context, scene, run)
  }
  context.globalAlpha = 1
}

function drawGround(context: Context, { scale, zeroMs, heightPx, palette }: LaneScene): void {
  context.strokeStyle = palette.line
  context.lineWidth = 1
  context.beginPath()
  for (const { px } of ticksOf(scale, zeroMs)) {
    context.moveTo(crisp(px), 0)
    context.lineTo(crisp(px), heightPx)
  }
  context.stroke()
  context.fillStyle = palette.sunken
  for (const { isFolded, fromPx, toPx } of scale.pieces)
    if (isFolded) context.fillRect(fromPx, 0, toPx - fromPx, heightPx)
}

function drawRun(context: Context, scene: LaneScene, run: readonly LanePoint[]): void {
  const { scale, height, heightPx } = scene
  const y = (value: number) =>
    heightPx - EDGE_PX - ((value - height.min) / (height.max - height.min)) * (heightPx - 2 * EDGE_PX)
  const corners = withFoldEdges(seen(run, scale), scale).map(({ ms, value }) => [pxOf(scale, ms), y(value)] as const)
  const [first, last] = [corners[0], corners.at(-1)]
  if (!first || !last) return
  if (corners.length === 1) {
    context.globalAlpha = 1
    context.beginPath()
    context.arc(first[0], first[1], 2, 0, 2 * Math.PI)
    context.fill()
    return
  }
  context.beginPath()
  for (const [px, py] of corners) context.lineTo(px, py)
  context.globalAlpha = 1
  context.lineWidth = 1.5
  context.stroke()
  if (scene.lines.length > 1) return
  context.lineTo(last[0], heightPx)
  context.lineTo(first[0], heightPx)
  context.globalAlpha = GROUND_ALPHA
  context.fill()
}

/** The points in view with one more on either side. */
function seen(run: readonly LanePoint[], { fromMs, toMs }: TimeScale): readonly LanePoint[] {
  const from = run.findLastIndex(({ ms }) => ms < fromMs)
  const to = run.findIndex(({ ms }) => ms > toMs)
  return run.slice(Math.max(0, from), to < 0 ? run.length : to + 1)
}

/** A line bends where time begins or ends to be folded: there it gets points of its own. */
function withFoldEdges(points: readonly LanePoint[], { pieces }: TimeScale): LanePoint[] {
  const edges = pieces.slice(1).map(({ fromMs }) => fromMs)
  return points.flatMap((point, index) => {
    const next = points[index + 1]
    if (!next) return [point]
    const between = edges.filter((ms) => ms > point.ms && ms < next.ms)
    const share = (ms: number) => (ms - point.ms) / (next.ms - point.ms)
    return [point, ...between.map((ms) => ({ ms, value: point.value + (next.value - point.value) * share(ms) }))]
  })
}
