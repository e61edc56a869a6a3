import { useEffect } from 'react'
import { createStore } from '#store/store.ts'
import { useStore } from '#store/use-store.ts'
import { createAnnouncements } from './announcements.ts'

const told = createStore('')
const announce = createAnnouncements(told.set)

/** Tells readers, without interrupting them, of what changes by itself; empty text tells nothing. */
export function useAnnounced(source: string, text: string): void {
  useEffect(() => announce(source, text), [source, text])
  useEffect(() => () => announce(source, ''), [source])
}

/** Where it is told; once a page. */
export function Announcer() {
  return (
    <p role="status" className="sr-only">
      {useStore(told)}
    </p>
  )
}
