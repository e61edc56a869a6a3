import { memo, type PointerEvent, useEffect, useMemo, useRef } from 'react'
import type { TraceModel } from '#features/trace-view/model/trace-model.ts'
import { boundsOf, rangeOf, setRange, type ViewStore } from '#features/trace-view/model/view-store.ts'
import { buildMinimap } from '#lib/trace/minimap.ts'
import { msOf, panned, pxOf, timeScale } from '#lib/trace/time-scale.ts'
import { drawMinimap } from './draw-minimap.ts'
import type { GapFolding } from './scale-store.ts'
import { useDrawing } from './use-drawing.ts'

interface MinimapBarProps {
  readonly view: ViewStore
  readonly model: TraceModel
  readonly widthPx: number
  readonly folding: GapFolding
}

const MINIMAP_PX = 40
const MAP_ROWS = 20
const LEAST_DRAG_PX = 3

/** The whole trace in small, with the stretch that is seen lit; dragging chooses another, dragging the lit part moves it. */
export const MinimapBar = memo(function MinimapBar({ view, model, widthPx, folding }: MinimapBarProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const veils = [useRef<HTMLSpanElement>(null), useRef<HTMLSpanElement>(null)] as const
  const columns = Math.max(1, Math.floor(widthPx))
  const isFolded = folding === 'fold' || (folding === 'auto' && model.idleness.isMostly)
  const { map, scale } = useMemo(() => {
    const gaps = isFolded ? model.idleness.gaps : []
    return {
      map: buildMinimap(model.tree, { columns, rows: rowsOf(model), gaps }),
      scale: timeScale({ ...boundsOf(model), widthPx: columns, gaps }),
    }
  }, [model, columns, isFolded])
  useDrawing(canvas, NEVER, {
    width: columns,
    height: MINIMAP_PX,
    draw: (context, palette) => drawMinimap(context, { model, map, heightPx: MINIMAP_PX - 4, palette }),
  })
  const [left, right] = veils
  useEffect(() => {
    const follow = () => {
      const range = rangeOf(view)
      if (left.current) left.current.style.width = `${Math.max(0, pxOf(scale, range.fromMs))}px`
      if (right.current) right.current.style.width = `${Math.max(0, columns - pxOf(scale, range.toMs))}px`
    }
    follow()
    return view.zoom.subscribe(follow)
  }, [view, scale, columns, left, right])
  const drag = useRef<{ from: number; last: number; isPan: boolean } | undefined>(undefined)
  const onDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const px = event.nativeEvent.offsetX
    const range = view.zoom.get()
    const isPan = range !== undefined && px > pxOf(scale, range.fromMs) && px < pxOf(scale, range.toMs)
    drag.current = { from: px, last: px, isPan }
  }
  const onMove = (event: PointerEvent) => {
    const { current } = drag
    if (!current) return
    const px = event.nativeEvent.offsetX
    if (current.isPan)
      setRange(view, panned(rangeOf(view), boundsOf(model), msOf(scale, px) - msOf(scale, current.last)))
    else if (Math.abs(px - current.from) >= LEAST_DRAG_PX) {
      const [from, to] = [Math.min(px, current.from), Math.max(px, current.from)]
      setRange(view, { fromMs: msOf(scale, Math.max(0, from)), toMs: msOf(scale, Math.min(columns, to)) })
    }
    current.last = px
  }
  return (
    <div
      aria-hidden
      className="relative cursor-crosshair touch-none overflow-hidden"
      style={{ width: columns, height: MINIMAP_PX }}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={() => {
        drag.current = undefined
      }}
      onDoubleClick={() => view.zoom.set(undefined)}
    >
      <canvas
        ref={canvas}
        className="pointer-events-none absolute top-0.5 left-0"
        style={{ width: columns, height: MINIMAP_PX }}
      />
      <span
        ref={left}
        className="pointer-events-none absolute inset-y-0 left-0 border-accent border-r bg-canvas opacity-70"
      />
      <span
        ref={right}
        className="pointer-events-none absolute inset-y-0 right-0 border-accent border-l bg-canvas opacity-70"
      />
    </div>
  )
})

/** As many as the tree is deep, up to a limit. */
const rowsOf = ({ tree }: TraceModel): number =>
  Math.min(
    MAP_ROWS,
    tree.depth.reduce((most, depth) => Math.max(most, depth + 1), 1),
  )

/** Of what never changes. */
const NEVER = { get: () => undefined, set: () => {}, subscribe: () => () => {} }
