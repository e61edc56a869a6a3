import { getRouteApi, useNavigate } from '@tanstack/react-router'

const route = getRouteApi('/p/$project/metrics')

/** How series are drawn; the first is the default. */
export const LOOKS = ['line', 'area', 'bar', 'table'] as const
export type Look = (typeof LOOKS)[number]

interface MetricsSearch {
  readonly s?: readonly string[]
  readonly step?: string | undefined
  readonly as?: Look
  readonly log?: boolean
}

/** What the address of the page says, and the way to change it. */
export function useMetricsSearch() {
  const { s = [], step, as = 'line', log } = route.useSearch()
  const navigate = useNavigate()
  const change = (changed: MetricsSearch) =>
    void navigate({
      to: '.',
      search: (earlier) => ({
        ...earlier,
        ...(changed.s && { s: changed.s.length > 0 ? [...changed.s] : undefined }),
        ...('step' in changed && { step: changed.step }),
        ...(changed.as && { as: changed.as === 'line' ? undefined : changed.as }),
        ...(changed.log !== undefined && { log: changed.log ? '1' : undefined }),
      }),
    })
  return { search: { s, step, as, isLog: log === '1' }, change }
}
