import { type RefObject, useEffect, useRef } from 'react'
import { boundsOf, type ViewStore } from '#features/trace-view/model/view-store.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { msOf, type TimeScale } from '#lib/trace/time-scale.ts'

interface TimeCursorProps {
  readonly view: ViewStore
  /** Over which the pointer moves; the line is placed in it. */
  readonly area: RefObject<HTMLElement | null>
  readonly leftPx: number
  readonly widthPx: number
  scaleNow(): TimeScale
}

/** A line at the moment under the pointer, through axis, bars, minimap and lanes. Moves without React. */
export function TimeCursor({ view, area, leftPx, widthPx, scaleNow }: TimeCursorProps) {
  const line = useRef<HTMLDivElement>(null)
  const label = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const element = area.current
    if (!element) return undefined
    const hide = () => {
      line.current?.style.setProperty('visibility', 'hidden')
      view.cursor.set(undefined)
    }
    const move = (event: PointerEvent) => {
      const px = event.clientX - element.getBoundingClientRect().left - leftPx
      if (px < 0 || px > widthPx || !line.current || !label.current) return hide()
      line.current.style.visibility = 'visible'
      line.current.style.transform = `translateX(${leftPx + px}px)`
      const ms = msOf(scaleNow(), px)
      view.cursor.set(ms)
      label.current.textContent = formatDuration(ms - boundsOf(view.shown.get().model).fromMs)
      label.current.style.transform = px > widthPx / 2 ? 'translateX(calc(-100% - 4px))' : 'translateX(4px)'
    }
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerleave', hide)
    return () => {
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerleave', hide)
    }
  }, [area, view, leftPx, widthPx, scaleNow])
  return (
    <div ref={line} aria-hidden className="pointer-events-none invisible absolute inset-y-0 left-0 z-10 w-px bg-text-3">
      <span
        ref={label}
        className="tabular absolute top-1 whitespace-nowrap rounded-2 bg-primary px-1 text-11 text-on-primary"
      />
    </div>
  )
}
