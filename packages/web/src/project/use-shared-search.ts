import { getRouteApi, useNavigate } from '@tanstack/react-router'

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
  const setSearch = async ({ env, ...change }: SharedSearch) => {
    await navigate({
      to: '.',
      search: (earlier) => ({ ...earlier, ...change, ...(env && { env: env.length > 0 ? [...env] : undefined }) }),
    })
  }
  return { t: search.t, env: search.env ?? [], setSearch }
}
