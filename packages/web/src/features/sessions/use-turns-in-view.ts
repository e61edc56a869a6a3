import { type RefObject, useEffect } from 'react'
import type { Store } from '#store/store.ts'
import type { SeenTurn, Sight } from './turn-read.ts'
import type { SessionTurn } from './turns.ts'

/** Under the strip, which stays over the turns, and less than a line below it. */
const IN_VIEW = '-64px 0px 0px 0px'
/** Heights are rounded: nearly all of a turn is all of it. */
const WHOLE = 0.9

interface ShownTurns {
  /** Its children are the turns, in their order. */
  readonly list: RefObject<HTMLElement | null>
  readonly turns: readonly SessionTurn[]
}

/** Tells how much of each turn is in view as the page scrolls and the turns grow; of none once they are gone. */
export function useTurnsInView(seen: Store<readonly SeenTurn[]>, { list, turns }: ShownTurns): void {
  useEffect(() => {
    const items = [...(list.current?.children ?? [])]
    const sights = new Map<Element | undefined, Sight>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) sights.set(entry.target, sightOf(entry))
        seen.set(turns.map(({ trace }, place) => ({ id: trace.id, sight: sights.get(items[place]) ?? 'none' })))
      },
      // What scrolls is the page, not the window.
      { root: list.current?.closest('main') ?? null, rootMargin: IN_VIEW, threshold: [0, WHOLE] },
    )
    for (const item of items) observer.observe(item)
    return () => observer.disconnect()
  }, [seen, list, turns])
  useEffect(() => () => seen.set([]), [seen])
}

function sightOf({ isIntersecting, intersectionRatio }: IntersectionObserverEntry): Sight {
  if (!isIntersecting) return 'none'
  return intersectionRatio >= WHOLE ? 'whole' : 'part'
}
