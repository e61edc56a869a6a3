import { useTaste } from './taste.ts'
import { useTraceSearch } from './use-trace-search.ts'
import { type TraceViewName, viewNameOf } from './view-name.ts'

/** The view that is shown. */
export function useViewName(): TraceViewName {
  const [taste] = useTaste()
  return viewNameOf(useTraceSearch(), taste)
}
