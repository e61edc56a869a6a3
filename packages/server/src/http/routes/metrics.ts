import {
  DailyMetricsDto,
  DailyMetricsQuery,
  MetricNamesDto,
  MetricNamesQuery,
  MetricSeriesDto,
  MetricSeriesQuery,
} from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { isoFromNanos, nanosFromMs } from '#domain/time.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { allOf, anyOf, equalTo, nanosOf, within } from '#http/filter-params.ts'
import { type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Route, route } from '#http/route.ts'
import { findDailyMetrics } from '#query/daily-metrics.ts'
import { findMetricNames } from '#query/metric-names.ts'
import { bucketOf, findSeries, type SeriesAnswer } from '#query/metric-series.ts'

/** Figures over traces and over the points that clients sent (public-api contract §12.3, xtrace-native contract §5-§7). */
export function metricRoutes(deps: Pick<ReadDeps, 'engine'>): Route[] {
  return [dailyRoute(deps), namesRoute(deps), seriesRoute(deps)]
}

function dailyRoute(deps: Pick<ReadDeps, 'engine'>): Route {
  return route({
    method: 'GET',
    path: '/api/public/metrics/daily',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: DailyMetricsQuery,
    doc: {
      operationId: 'metrics_daily',
      tag: 'Metrics',
      summary: 'Counts, tokens and costs by day and model',
      responses: { 200: DailyMetricsDto },
    },
    handle: async (request) => {
      const { query } = request
      const filters = [
        ...equalTo('name', query.traceName),
        ...equalTo('userId', query.userId),
        ...equalTo('version', query.version),
        ...equalTo('release', query.release),
        ...allOf('tags', query.tags),
        ...anyOf('environment', query.environment),
      ]
      const times = within('timestamp', query.fromTimestamp, query.toTimestamp)
      const { values, totalItems } = await findDailyMetrics(readerOf(request, deps.engine), {
        ...query,
        filters,
        times,
      })
      const data = values.map((day) => ({
        ...day,
        usage: day.usage.map((usage) => ({ ...usage, model: usage.model ?? null })),
      }))
      return { body: { data, meta: pageMeta(query, totalItems) } satisfies DailyMetricsDto }
    },
  })
}

function namesRoute(deps: Pick<ReadDeps, 'engine'>): Route {
  return route({
    method: 'GET',
    path: '/api/public/metrics/names',
    access: 'project',
    errors: 'native',
    isRead: true,
    query: MetricNamesQuery,
    doc: {
      operationId: 'metrics_names',
      tag: 'Metrics',
      summary: 'The names of all metrics, or of those with points in a span of time',
      responses: { 200: MetricNamesDto },
    },
    handle: async (request) => {
      const { from, to } = request.query
      const data = await findMetricNames(readerOf(request, deps.engine), {
        from: from === undefined ? undefined : nanosOf(from),
        to: to === undefined ? undefined : nanosOf(to),
      })
      return { body: { data } satisfies MetricNamesDto }
    },
  })
}

const DEFAULT_SPAN_NS = 3_600_000_000_000n

function seriesRoute(deps: Pick<ReadDeps, 'engine'>): Route {
  return route({
    method: 'GET',
    path: '/api/public/metrics/query',
    access: 'project',
    errors: 'native',
    isRead: true,
    query: MetricSeriesQuery,
    doc: {
      operationId: 'metrics_query',
      tag: 'Metrics',
      summary: 'The values of a metric over time',
      responses: { 200: MetricSeriesDto },
    },
    handle: async (request) => {
      const { query } = request
      const to = query.to === undefined ? nanosFromMs(request.receivedAt) : nanosOf(query.to)
      const from = query.from === undefined ? to - DEFAULT_SPAN_NS : nanosOf(query.from)
      if (from > to) throw new AppError('bad_request', 'from must not be later than to')
      const answer = await findSeries(readerOf(request, deps.engine), {
        name: query.name,
        from,
        to,
        labels: query.labels,
        stepSeconds: query.step,
        aggregation: query.agg ?? 'avg',
        groupBy: [...new Set(query.group_by)],
      })
      return { body: toSeriesDto(answer, query.step) }
    },
  })
}

function toSeriesDto({ series, isTruncated, latestPoint }: SeriesAnswer, stepSeconds: number): MetricSeriesDto {
  return {
    data: series.map(({ labels, values }) => ({
      labels: { ...labels },
      values: values.map(({ start, value }) => ({ timestamp: isoFromNanos(start), value })),
    })),
    meta: {
      ...(latestPoint !== undefined && {
        latest_ts: isoFromNanos(bucketOf(latestPoint, stepSeconds)),
        latest_point_ts: isoFromNanos(latestPoint),
        latest_point_ts_by_series: series.map((one) => isoFromNanos(one.latestPoint)),
      }),
      series_count: series.length,
      truncated: isTruncated,
    },
  }
}
