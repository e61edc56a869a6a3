import { queryOptions } from '@tanstack/react-query'
import { DailyMetricsDto, MetricNamesDto, MetricSeriesDto } from '@xtrace/contract'
import type { Interval } from '#search/time-range.ts'
import { call } from './client.ts'
import { publicPath } from './paths.ts'

/** The names of all metrics that have points. */
export const metricNamesQuery = (project: string) =>
  queryOptions({
    queryKey: ['metric-names', project],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const { data } = await call(publicPath(project, 'metrics', 'names'), { answer: MetricNamesDto, signal })
      return data
    },
  })

export interface SeriesAsked {
  readonly metric: string
  readonly aggregation: string
  readonly labels: readonly (readonly [key: string, value: string])[]
  readonly by: readonly string[]
}

/** Over which time, in buckets of what width. */
export interface SeriesSpan {
  readonly interval: Interval
  /** `text` is `30s`, `5m`, … */
  readonly step: { readonly text: string; readonly ms: number }
}

export interface SeriesAnswers<Asked extends SeriesAsked> extends SeriesSpan {
  /** When they were read, in milliseconds since the epoch. */
  readonly readAtMs: number
  readonly answers: readonly { readonly asked: Asked; readonly dto: MetricSeriesDto }[]
}

async function readSeries(
  project: string,
  { metric, aggregation, labels, by }: SeriesAsked,
  { interval, step, signal }: SeriesSpan & { readonly signal: AbortSignal },
): Promise<MetricSeriesDto> {
  return await call(publicPath(project, 'metrics', 'query'), {
    query: {
      name: metric,
      agg: aggregation,
      from: new Date(interval.fromMs).toISOString(),
      to: new Date(interval.toMs).toISOString(),
      step: step.text,
      labels: labels.length === 0 ? undefined : JSON.stringify(Object.fromEntries(labels)),
      group_by: by,
    },
    answer: MetricSeriesDto,
    signal,
  })
}

/** A rolling range asks anew all the time: answers to earlier instants are of no use. */
const KEPT_MS = 30_000

/** The values of some metrics over one span, each with what was asked. */
export const metricSeriesQuery = <Asked extends SeriesAsked>(
  project: string,
  asked: readonly Asked[],
  span: SeriesSpan,
) =>
  queryOptions({
    queryKey: ['metric-series', project, asked, span],
    gcTime: KEPT_MS,
    queryFn: async ({ signal }): Promise<SeriesAnswers<Asked>> => ({
      ...span,
      readAtMs: Date.now(),
      answers: await Promise.all(
        asked.map(async (one) => ({ asked: one, dto: await readSeries(project, one, { ...span, signal }) })),
      ),
    }),
  })

/** Wide enough for one value a series to tell its labels. */
const LABELS_STEP = { text: '30d', ms: 2_592_000_000 }

/**
 * Labels of a metric with their values, as the series of the interval have them; `isPartial` when there were more
 * series than one answer gives.
 */
export const metricLabelsQuery = (project: string, metric: string, interval: Interval) =>
  queryOptions({
    queryKey: ['metric-labels', project, metric, interval.toMs - interval.fromMs],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const asked = { metric, aggregation: 'last', labels: [], by: [] }
      const { data, meta } = await readSeries(project, asked, { interval, step: LABELS_STEP, signal })
      const labels = new Map<string, Set<string>>()
      for (const series of data)
        for (const [key, value] of Object.entries(series.labels))
          if (value !== null) labels.set(key, (labels.get(key) ?? new Set()).add(value))
      const sorted = [...labels].map(([key, values]) => ({ key, values: [...values].sort() }))
      return { labels: sorted.sort((a, b) => (a.key < b.key ? -1 : 1)), isPartial: meta.truncated }
    },
  })

/** More days than a page of the interface can show. */
const MOST_DAYS = 100

/** Costs and counts of one user by day (UTC), of the newest hundred days of the interval that have any. */
export const dailyMetricsQuery = (
  project: string,
  { user, interval, env }: { readonly user: string; readonly interval: Interval; readonly env: readonly string[] },
) =>
  queryOptions({
    queryKey: ['daily-metrics', project, user, interval, env],
    queryFn: async ({ signal }) => {
      const { data } = await call(publicPath(project, 'metrics', 'daily'), {
        query: {
          userId: user,
          environment: env,
          fromTimestamp: new Date(interval.fromMs).toISOString(),
          toTimestamp: new Date(interval.toMs).toISOString(),
          limit: MOST_DAYS,
        },
        answer: DailyMetricsDto,
        signal,
      })
      return data
    },
  })
