import { useSyncExternalStore } from 'react'

const COARSE = '(pointer: coarse)'

function subscribe(listener: () => void): () => void {
  const list = matchMedia(COARSE)
  list.addEventListener('change', listener)
  return () => list.removeEventListener('change', listener)
}

/** Whether a finger is what points. */
export const useIsCoarse = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(COARSE).matches)
