import { getRouteApi, useNavigate } from '@tanstack/react-router'

const route = getRouteApi('/p/$project/traces/$trace')

/** The lanes of the URL, each a series as text, and the way to change them. */
export function useLanesSearch() {
  const { lanes = [] } = route.useSearch()
  const navigate = useNavigate()
  const setLanes = (next: readonly string[]) =>
    void navigate({
      to: '.',
      search: (earlier) => ({ ...earlier, lanes: next.length > 0 ? [...next] : undefined }),
      replace: true,
    })
  return { lanes, setLanes }
}
