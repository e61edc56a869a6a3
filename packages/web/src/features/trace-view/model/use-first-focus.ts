import { type RefObject, use, useEffect } from 'react'
import { KeyArea } from '#keys/key-area.ts'

/**
 * Gives the focus to the rows of a view once they are there, unless something in it has it: keys and readers begin
 * there. A view that is part of a page takes it only from the part itself.
 */
export function useFirstFocus(element: RefObject<HTMLElement | null>): void {
  const area = use(KeyArea)
  useEffect(() => {
    const { activeElement, body } = document
    if (activeElement === (area ? area.current : body)) element.current?.focus({ preventScroll: true })
  }, [element, area])
}
