import { getRouteApi, useMatches, useNavigate } from '@tanstack/react-router'
import { DEFAULT_RANGE } from '#search/time-range.ts'

const route = getRouteApi('/p/$project')

interface SharedSearch {
  /** Undefined for the default. */
  readonly t?: string | undefined
  readonly env?: readonly string[] | undefined
}

/** The search params that all pages of a project share, and the way to change them on whatever page is open. */
export function useSharedSearch() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const defaultRange = useMatches({
    select: (matches) => matches.at(-1)?.staticData.defaultRange ?? DEFAULT_RANGE,
  })
  const setSearch = async ({ env, ...change }: SharedSearch) => {
    await navigate({
      to: '.',
      search: (earlier) => ({ ...earlier, ...change, ...(env && { env: env.length > 0 ? [...env] : undefined }) }),
    })
  }
  return {
    t: search.t,
    /** The time range that holds: `t`, or the default of the page. */
    range: search.t ?? defaultRange,
    defaultRange,
    env: search.env ?? [],
    setSearch,
  }
}
