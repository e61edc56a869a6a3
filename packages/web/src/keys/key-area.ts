import { createContext, type RefObject } from 'react'

/** The part of the page whose keys are those of the components in it; undefined for the page itself. */
export const KeyArea = createContext<RefObject<HTMLElement | null> | undefined>(undefined)
