import { memo, useRef } from 'react'
import type { TraceModel } from '#features/trace-view/model/trace-model.ts'
import type { ViewStore } from '#features/trace-view/model/view-store.ts'
import type { Outline } from '#lib/trace/outline.ts'
import { drawWaterfall } from './draw-waterfall.ts'
import { type GapFolding, useScaleNow } from './scale-store.ts'
import { useDrawing } from './use-drawing.ts'

interface WaterfallProps {
  readonly view: ViewStore
  readonly model: TraceModel
  readonly outline: Outline
  readonly visible: Int32Array
  readonly from: number
  readonly to: number
  readonly rowPx: number
  readonly barMiddlePx: number
  readonly leftPx: number
  readonly widthPx: number
  readonly folding: GapFolding
  readonly hasPath: boolean
  readonly hasGrid: boolean
}

/** The bars beside the mounted rows. It scrolls with them, so that bar and row never part. */
export const Waterfall = memo(function Waterfall(props: WaterfallProps) {
  const { view, from, to, rowPx, widthPx } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const scaleNow = useScaleNow(view, widthPx, props.folding)
  const height = (to - from) * rowPx
  useDrawing(canvas, view.zoom, {
    width: widthPx,
    height,
    draw: (context, palette) => drawWaterfall(context, { ...props, scale: scaleNow(), palette }),
  })
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="pointer-events-none absolute"
      style={{ top: from * rowPx, left: props.leftPx, width: widthPx, height }}
    />
  )
})
