import { queryOptions } from '@tanstack/react-query'
import { OverviewDto } from '@xtrace/contract'
import type { Interval } from '#search/time-range.ts'
import { call, projectPath } from './client.ts'

/** How the project fares within the interval. */
export const overviewQuery = (project: string, interval: Interval, env: readonly string[]) =>
  queryOptions({
    queryKey: ['overview', project, interval, env],
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'explore', 'overview'), {
        query: { from: new Date(interval.fromMs).toISOString(), to: new Date(interval.toMs).toISOString(), env },
        answer: OverviewDto,
        signal,
      }),
    placeholderData: (earlier) => earlier,
  })
