import { queryOptions } from '@tanstack/react-query'
import { MetricNamesDto } from '@xtrace/contract'
import type { Interval } from '#search/time-range.ts'
import { call } from './client.ts'
import { publicPath } from './paths.ts'

/** The names of the metrics that have points in an interval. */
export const metricNamesWithinQuery = (project: string, { fromMs, toMs }: Interval) =>
  queryOptions({
    queryKey: ['metric-names', project, fromMs, toMs],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const query = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
      const { data } = await call(publicPath(project, 'metrics', 'names'), { query, answer: MetricNamesDto, signal })
      return data
    },
  })
