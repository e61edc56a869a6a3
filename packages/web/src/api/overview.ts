import { queryOptions } from '@tanstack/react-query'
import { type OVERVIEW_KEYS, OverviewDto } from '@xtrace/contract'
import type { Interval } from '#search/time-range.ts'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

export type OverviewKey = (typeof OVERVIEW_KEYS)[number]

interface OverviewAsked {
  readonly interval: Interval
  readonly env: readonly string[]
  /** What traces are told apart by. */
  readonly by: OverviewKey
}

/** How the project fares within the interval. */
export const overviewQuery = (project: string, { interval, env, by }: OverviewAsked) =>
  queryOptions({
    queryKey: ['overview', project, interval, env, by],
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'explore', 'overview'), {
        query: { from: new Date(interval.fromMs).toISOString(), to: new Date(interval.toMs).toISOString(), env, by },
        answer: OverviewDto,
        signal,
      }),
    placeholderData: (earlier) => earlier,
  })
