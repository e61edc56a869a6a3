import { type RefObject, useLayoutEffect, useState } from 'react'

/** Rows that are mounted: from, to (exclusive). */
export interface RowWindow {
  readonly from: number
  readonly to: number
}

/** Rows mounted beyond what is seen, above and below: a flick of the wheel meets rows that are there already. */
const SPARE = 16
/** The window moves in steps of so many rows, so that most frames of scrolling change nothing. */
const STEP = 8

/** The rows around what the scroller shows. Rows have one height. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, rowPx }: { readonly count: number; readonly rowPx: number },
): RowWindow {
  const [seen, setSeen] = useState<RowWindow>({ from: 0, to: 48 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const look = () => {
      const first = Math.floor(element.scrollTop / rowPx)
      const last = Math.ceil((element.scrollTop + element.clientHeight) / rowPx)
      const from = Math.floor((first - SPARE) / STEP) * STEP
      const to = Math.ceil((last + SPARE) / STEP) * STEP
      setSeen((earlier) => (earlier.from === from && earlier.to === to ? earlier : { from, to }))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [scroller, rowPx])
  return { from: Math.max(0, Math.min(seen.from, count)), to: Math.min(count, seen.to) }
}
