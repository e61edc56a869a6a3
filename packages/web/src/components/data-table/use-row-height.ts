import { useSyncExternalStore } from 'react'
import { usePreferences } from '#preferences/use-preferences.ts'

const COARSE = '(pointer: coarse)'

function subscribe(listener: () => void): () => void {
  const query = matchMedia(COARSE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Pixels of a row: 28, 36 when the viewer likes it roomier, 44 under a finger. */
export function useRowHeight(): number {
  const { density } = usePreferences()
  const isCoarse = useSyncExternalStore(subscribe, () => matchMedia(COARSE).matches)
  if (isCoarse) return 44
  return density === 'cosy' ? 36 : 28
}
