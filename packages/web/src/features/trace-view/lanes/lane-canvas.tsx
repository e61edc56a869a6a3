import { useRef } from 'react'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { boundsOf } from '#features/trace-view/model/view-store.ts'
import { type GapFolding, useScaleNow } from '#features/trace-view/waterfall/scale-store.ts'
import { useDrawing } from '#features/trace-view/waterfall/use-drawing.ts'
import type { Extent, LaneLine } from '#lib/metrics/lane.ts'
import { drawLane } from './draw-lane.ts'

interface LaneCanvasProps {
  readonly lines: readonly LaneLine[]
  readonly colours: ReadonlyMap<string, string>
  readonly height: Extent
  readonly widthPx: number
  readonly folding: GapFolding
}

export const LANE_PX = 48

export function LaneCanvas({ lines, colours, height, widthPx, folding }: LaneCanvasProps) {
  const { view } = useTraceContext()
  const model = useModel()
  const canvas = useRef<HTMLCanvasElement>(null)
  const scaleNow = useScaleNow(view, widthPx, folding)
  useDrawing(canvas, view.zoom, {
    width: widthPx,
    height: LANE_PX,
    draw: (context, palette) =>
      drawLane(context, {
        lines,
        colours,
        height,
        scale: scaleNow(),
        zeroMs: boundsOf(model).fromMs,
        heightPx: LANE_PX,
        palette,
      }),
  })
  return <canvas ref={canvas} aria-hidden className="absolute inset-0" style={{ width: widthPx, height: LANE_PX }} />
}
