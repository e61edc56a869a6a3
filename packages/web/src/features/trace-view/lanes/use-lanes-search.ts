import { useNavigate } from '@tanstack/react-router'
import { useTraceSearch } from '#features/trace-view/model/use-trace-search.ts'

/** The lanes of the URL, each a series as text, and the way to change them. */
export function useLanesSearch() {
  const { lanes = [] } = useTraceSearch()
  const navigate = useNavigate()
  const setLanes = (next: readonly string[]) =>
    void navigate({
      to: '.',
      search: (earlier) => ({ ...earlier, lanes: next.length > 0 ? [...next] : undefined }),
      replace: true,
    })
  return { lanes, setLanes }
}
