import { type RefObject, useEffect } from 'react'
import { panBy, type ViewStore, zoomBy } from '#features/trace-view/model/view-store.ts'
import { gestureOf } from '#lib/trace/gesture.ts'
import { msOf, type TimeScale } from '#lib/trace/time-scale.ts'

interface TouchArea {
  readonly leftPx: number
  readonly widthPx: number
  scaleNow(): TimeScale
}

/** Two fingers zoom and pan, one pans sideways; up and down it scrolls as ever, which `touch-action: pan-y` leaves to the browser. */
export function useTouchZoom(scroller: RefObject<HTMLElement | null>, view: ViewStore, area: TouchArea): void {
  const { leftPx, widthPx, scaleNow } = area
  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const fingers = new Map<number, number>()
    const placeOf = (event: PointerEvent) => event.clientX - element.getBoundingClientRect().left - leftPx
    const onDown = (event: PointerEvent) => {
      if (event.pointerType === 'touch' && placeOf(event) >= 0) fingers.set(event.pointerId, placeOf(event))
    }
    const onMove = (event: PointerEvent) => {
      if (!fingers.has(event.pointerId)) return
      const before = [...fingers.values()]
      fingers.set(event.pointerId, placeOf(event))
      const { panPx, factor, aroundPx } = gestureOf(before, [...fingers.values()])
      if (factor !== 1) zoomBy(view, factor, msOf(scaleNow(), aroundPx))
      if (panPx !== 0 && view.zoom.get()) panBy(view, -panPx / Math.max(1, widthPx))
    }
    const onUp = (event: PointerEvent) => fingers.delete(event.pointerId)
    element.addEventListener('pointerdown', onDown)
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerup', onUp)
    element.addEventListener('pointercancel', onUp)
    return () => {
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerup', onUp)
      element.removeEventListener('pointercancel', onUp)
    }
  }, [scroller, view, leftPx, widthPx, scaleNow])
}
