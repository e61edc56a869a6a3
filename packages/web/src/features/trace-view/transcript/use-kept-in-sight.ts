import { type RefObject, useEffect, useRef } from 'react'

const SCROLLING = ['wheel', 'touchmove', 'pointerdown'] as const
const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'Home', 'End', ' '])

interface Kept {
  /** What is kept, and where it stands by now; undefined for nothing. */
  readonly selected: number | undefined
  readonly place: number | undefined
  /** How high all is by now: what stands above the place may still grow. */
  readonly heightPx: number
  scrollTo(place: number): void
}

/** Scrolls to the place of another selection, and again where it comes to stand elsewhere, until the viewer scrolls. */
export function useKeptInSight(
  scroller: RefObject<HTMLElement | null>,
  { selected, place, heightPx, scrollTo }: Kept,
): void {
  const latest = useRef(scrollTo)
  const isHeld = useRef(false)
  useEffect(() => {
    latest.current = scrollTo
  })
  useEffect(() => {
    isHeld.current = selected !== undefined
  }, [selected])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection at the same place is gone to as well, and one that was moved
  useEffect(() => {
    if (place !== undefined && isHeld.current) latest.current(place)
  }, [selected, place, heightPx])
  useEffect(() => {
    const { current } = scroller
    const release = () => {
      isHeld.current = false
    }
    const releaseByKey = (event: KeyboardEvent) => {
      if (SCROLL_KEYS.has(event.key)) release()
    }
    for (const type of SCROLLING) current?.addEventListener(type, release, { passive: true })
    current?.addEventListener('keydown', releaseByKey)
    return () => {
      for (const type of SCROLLING) current?.removeEventListener(type, release)
      current?.removeEventListener('keydown', releaseByKey)
    }
  }, [scroller])
}
