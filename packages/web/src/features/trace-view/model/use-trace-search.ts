import { createContext, use } from 'react'
import type { TraceViewSearch } from '#search/trace-view-search.ts'

export interface TraceSearch extends TraceViewSearch {
  /** The list that the page was opened from; a peek lies beside its own. */
  readonly ref?: string | undefined
}

export const TraceSearchContext = createContext<TraceSearch>({})

/** What the address says of the trace view, whichever page it is on. */
export const useTraceSearch = (): TraceSearch => use(TraceSearchContext)
