import { type RefObject, useEffect } from 'react'

/** Gives the focus to the rows of a view once they are there, unless something has it: keys and readers begin there. */
export function useFirstFocus(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) element.current?.focus({ preventScroll: true })
  }, [element])
}
