import { useRef } from 'react'
import type { Shown, ViewStore } from '#features/trace-view/model/view-store.ts'
import { drawWaterfall } from './draw-waterfall.ts'
import { type GapFolding, useScaleNow } from './scale-store.ts'
import { useDrawing } from './use-drawing.ts'

interface WaterfallProps {
  readonly view: ViewStore
  readonly shown: Shown
  readonly from: number
  readonly to: number
  readonly rowPx: number
  readonly barMiddlePx: number
  readonly leftPx: number
  readonly widthPx: number
  readonly folding: GapFolding
  readonly hasPath: boolean
}

/** The bars beside the mounted rows. It scrolls with them, so that bar and row never part. */
export function Waterfall(props: WaterfallProps) {
  const { view, shown, from, to, rowPx, widthPx } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const scaleNow = useScaleNow(view, widthPx, props.folding)
  const height = (to - from) * rowPx
  useDrawing(canvas, view.zoom, {
    width: widthPx,
    height,
    draw: (context, palette) => drawWaterfall(context, { ...shown, ...props, scale: scaleNow(), palette }),
  })
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="pointer-events-none absolute"
      style={{ top: from * rowPx, left: props.leftPx, width: widthPx, height }}
    />
  )
}
