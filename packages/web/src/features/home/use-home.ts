import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type OverviewKey, overviewQuery } from '#api/overview.ts'
import { useInterval } from '#project/use-interval.ts'
import { useProject } from '#project/use-project.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import type { Measure } from './overview-series.ts'

const route = getRouteApi('/p/$project/')

/** What the address of the page says, and the way to change it. */
export function useHomeSearch() {
  const { by = 'model', measure = 'cost', prev } = route.useSearch()
  const navigate = useNavigate()
  const change = (changed: { readonly by?: OverviewKey; readonly measure?: Measure; readonly hasPrevious?: boolean }) =>
    void navigate({
      to: '.',
      search: (earlier) => ({
        ...earlier,
        ...(changed.by && { by: changed.by === 'model' ? undefined : changed.by }),
        ...(changed.measure && { measure: changed.measure === 'cost' ? undefined : changed.measure }),
        ...(changed.hasPrevious !== undefined && { prev: changed.hasPrevious ? '1' : undefined }),
      }),
    })
  return { by, measure, hasPrevious: prev === '1', change }
}

/** The figures of the time range, and of the one of the same length before when they are wanted. */
export function useOverview() {
  const { project } = useProject()
  const { env } = useSharedSearch()
  const { by, hasPrevious } = useHomeSearch()
  const interval = useInterval()
  const before = useMemo(
    () => ({ fromMs: interval.fromMs - (interval.toMs - interval.fromMs), toMs: interval.fromMs }),
    [interval],
  )
  const overview = useQuery(overviewQuery(project.id, { interval, env, by }))
  const earlier = useQuery({ ...overviewQuery(project.id, { interval: before, env, by }), enabled: hasPrevious })
  return { overview, interval, before, earlier: hasPrevious ? earlier.data : undefined }
}
