import { type RefObject, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** The inner width of an element in px, followed; what `likely` says before it is there, so that it is drawn once. */
export function useElementWidth(element: RefObject<HTMLElement | null>, likely: () => number): number {
  const [width, setWidth] = useState(likely)
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return undefined
    const measure = () => setWidth(current.clientWidth)
    measure()
    // Drawn before the browser paints: at the old size it would be seen to jump.
    const observer = new ResizeObserver(() => flushSync(measure))
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return width
}
