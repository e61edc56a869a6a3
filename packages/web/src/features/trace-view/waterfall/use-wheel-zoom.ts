import { type RefObject, useEffect } from 'react'
import { panBy, type ViewStore, zoomBy } from '#features/trace-view/model/view-store.ts'
import { msOf, type TimeScale } from '#lib/trace/time-scale.ts'

interface WheelArea {
  readonly leftPx: number
  readonly widthPx: number
  scaleNow(): TimeScale
}

const SPEED = 0.0025

/** ⌘ or Ctrl with the wheel zooms at the pointer, a sideways wheel pans; the rest scrolls as ever. */
export function useWheelZoom(scroller: RefObject<HTMLElement | null>, view: ViewStore, area: WheelArea): void {
  const { leftPx, widthPx, scaleNow } = area
  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const onWheel = (event: WheelEvent) => {
      const px = event.clientX - element.getBoundingClientRect().left - leftPx
      if (px < 0) return
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        zoomBy(view, Math.exp(event.deltaY * SPEED), msOf(scaleNow(), px))
      } else if (view.zoom.get() && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        panBy(view, event.deltaX / Math.max(1, widthPx))
      }
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [scroller, view, leftPx, widthPx, scaleNow])
}
