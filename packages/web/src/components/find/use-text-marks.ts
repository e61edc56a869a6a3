import { type RefObject, useEffect, useRef, useState } from 'react'
import { type FoundRanges, findRanges, showRange } from './find-ranges.ts'
import { mark } from './highlights.ts'

const NONE: FoundRanges = { ranges: [], isCut: false }

/** Marks a text wherever it stands in an element, as long as it is looked for, whatever comes and goes meanwhile. */
export function useTextMarks(element: RefObject<HTMLElement | null>, wanted: string): FoundRanges {
  const [found, setFound] = useState(NONE)
  useEffect(() => {
    const root = element.current
    if (!root || wanted === '') return undefined
    let frame = 0
    const look = () => setFound(findRanges(root, wanted))
    const lookSoon = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(look)
    }
    look()
    const observer = new MutationObserver(lookSoon)
    observer.observe(root, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['open'],
    })
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      setFound(NONE)
    }
  }, [element, wanted])
  useEffect(() => mark('all', found.ranges), [found])
  return found
}

/** Marks one of the ranges as the one that is shown, and scrolls to it whenever one is `asked` for. */
export function useCurrentMark({ ranges }: FoundRanges, at: number, asked: number): void {
  const shown = useRef(0)
  const current = ranges[at]
  useEffect(() => {
    if (!current) return undefined
    if (shown.current !== asked) showRange(current)
    shown.current = asked
    return mark('current', [current])
  }, [current, asked])
}
