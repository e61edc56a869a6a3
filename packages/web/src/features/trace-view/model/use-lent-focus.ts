import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

/** Gives the focus to what lies over a view, then back to what had it, or to the rows where nothing had. */
export function useLentFocus(over: RefObject<HTMLElement | null>): void {
  const lender = useRef<Element>(null)
  // Before the browser takes the focus away from what has become inert.
  useLayoutEffect(() => {
    lender.current = document.activeElement
    over.current?.focus({ preventScroll: true })
  }, [over])
  // After what lay under it can have the focus again.
  useEffect(
    () => () => {
      const { current } = lender
      const isKnown = current instanceof HTMLElement && current !== document.body && current.isConnected
      const back = isKnown ? current : document.querySelector<HTMLElement>('[role="tree"]')
      back?.focus({ preventScroll: true })
    },
    [],
  )
}
