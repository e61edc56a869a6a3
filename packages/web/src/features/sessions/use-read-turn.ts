import { type RefObject, useEffect } from 'react'
import type { Store } from '#store/store.ts'

/** Where one reads: under what lies over the top of the page, and above its middle. */
const READ_AT = '-96px 0px -50% 0px'

interface ReadTurns {
  /** Of elements that name their trace in `data-trace`. */
  readonly list: RefObject<HTMLElement | null>
  /** How many there are. */
  readonly count: number
}

/** Sets which turn is read while they scroll by: the first one where one reads. */
export function useReadTurn(read: Store<string | undefined>, { list, count }: ReadTurns): void {
  useEffect(() => {
    if (count === 0) return undefined
    const turns = [...(list.current?.querySelectorAll<HTMLElement>('[data-trace]') ?? [])]
    const seen = new Set<Element>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) seen.add(target)
          else seen.delete(target)
        }
        read.set(turns.find((turn) => seen.has(turn))?.dataset['trace'])
      },
      { rootMargin: READ_AT },
    )
    for (const turn of turns) observer.observe(turn)
    return () => observer.disconnect()
  }, [list, count, read])
  useEffect(() => () => read.set(undefined), [read])
}
