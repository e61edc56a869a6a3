import { createContext, use, useSyncExternalStore } from 'react'
import { useStore } from '#store/use-store.ts'
import type { TraceModel } from './trace-model.ts'
import type { Shown, ViewStore } from './view-store.ts'

/** What all parts of one trace view share. */
export interface TraceContextValue {
  readonly project: string
  readonly traceId: string
  readonly view: ViewStore
  /** Walks to the next (1) or previous (−1) match, or error when nothing is searched for. */
  walk(direction: 1 | -1): void
}

export const TraceContext = createContext<TraceContextValue | undefined>(undefined)

/** @throws Error outside of a trace view */
export function useTraceContext(): TraceContextValue {
  const value = use(TraceContext)
  if (!value) throw new Error('Only inside of a trace view')
  return value
}

/** A part of what is shown, followed: only another part renders anew. `pick` MUST give the same value for the same part. */
export function useShownPart<T>(pick: (shown: Shown) => T): T {
  const { shown } = useTraceContext().view
  return useSyncExternalStore(shown.subscribe, () => pick(shown.get()))
}

/** The model of the view, followed. */
export const useModel = (): TraceModel => useShownPart(({ model }) => model)

/** The model and the tree of the view, followed; renders with every key. */
export const useShown = (): Shown => useStore(useTraceContext().view.shown)
