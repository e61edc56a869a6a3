import { memo, type PointerEvent, useRef, useState } from 'react'
import { useModel } from '#features/trace-view/model/use-trace-view.ts'
import { boundsOf, setRange, type ViewStore } from '#features/trace-view/model/view-store.ts'
import { msOf } from '#lib/trace/time-scale.ts'
import { drawAxis } from './draw-axis.ts'
import { type GapFolding, useScaleNow } from './scale-store.ts'
import { useDrawing } from './use-drawing.ts'

interface AxisProps {
  readonly view: ViewStore
  readonly widthPx: number
  readonly folding: GapFolding
}

const AXIS_PX = 24
const LEAST_DRAG_PX = 4

/** Ticks of time; dragging over them zooms into what was dragged over. */
export const Axis = memo(function Axis({ view, widthPx, folding }: AxisProps) {
  const model = useModel()
  const canvas = useRef<HTMLCanvasElement>(null)
  const scaleNow = useScaleNow(view, widthPx, folding)
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>()
  useDrawing(canvas, view.zoom, {
    width: widthPx,
    height: AXIS_PX,
    draw: (context, palette) =>
      drawAxis(context, {
        scale: scaleNow(),
        zeroMs: boundsOf(model).fromMs,
        heightPx: AXIS_PX,
        palette,
      }),
  })
  const onDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ from: event.nativeEvent.offsetX, to: event.nativeEvent.offsetX })
  }
  const onUp = () => {
    setDrag(undefined)
    if (!drag || Math.abs(drag.to - drag.from) < LEAST_DRAG_PX) return
    const scale = scaleNow()
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]
    setRange(view, { fromMs: msOf(scale, from), toMs: msOf(scale, to) })
  }
  return (
    <div
      aria-hidden
      className="relative h-6 cursor-col-resize touch-none overflow-hidden"
      onPointerDown={onDown}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: event.nativeEvent.offsetX })}
      onPointerUp={onUp}
      onDoubleClick={() => view.zoom.set(undefined)}
    >
      <canvas
        ref={canvas}
        className="pointer-events-none absolute inset-0"
        style={{ width: widthPx, height: AXIS_PX }}
      />
      {drag ? (
        <span
          className="pointer-events-none absolute inset-y-0 border-accent border-x bg-selected opacity-60"
          style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
        />
      ) : null}
    </div>
  )
})
