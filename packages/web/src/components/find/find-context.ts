import { createContext, use, useState } from 'react'

/** What is looked for in the texts below; '' for nothing. */
export const WantedText = createContext('')

export const useWantedText = (): string => use(WantedText)

/** Whether something is open: as it was set, and opened once by a text that is looked for and stands within. */
export function useFold(isOpenAtFirst: boolean, holdsWanted: boolean): readonly [boolean, (isOpen: boolean) => void] {
  const [state, setState] = useState({ isOpen: isOpenAtFirst || holdsWanted, holdsWanted })
  const isFoundNow = holdsWanted && !state.holdsWanted
  const now = { isOpen: state.isOpen || isFoundNow, holdsWanted }
  if (holdsWanted !== state.holdsWanted) setState(now)
  return [now.isOpen, (isOpen) => setState({ isOpen, holdsWanted })]
}
