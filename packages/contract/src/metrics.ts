import { z } from 'zod'
import { Instant } from './fields.ts'
import {
  instantParam,
  listParam,
  PageMeta,
  pageParams,
  repeatedParam,
  requiredTextParam,
  textParam,
  wordParam,
} from './query-params.ts'

/** GET /metrics/daily (public-api contract §12.3, xtrace-native contract §7). */
export const DailyMetricsQuery = z.object({
  ...pageParams(),
  traceName: textParam,
  userId: textParam,
  tags: listParam,
  environment: listParam,
  version: textParam,
  release: textParam,
  fromTimestamp: instantParam,
  toTimestamp: instantParam,
})
export type DailyMetricsQuery = z.output<typeof DailyMetricsQuery>

const sums = {
  countTraces: z.number(),
  countObservations: z.number(),
  /** US dollars. */
  totalCost: z.number(),
}

export const DailyMetricsDto = z.object({
  data: z.array(
    z.object({
      /** `YYYY-MM-DD`, UTC. */
      date: z.string(),
      ...sums,
      usage: z.array(
        z.object({
          model: z.string().nullable(),
          inputUsage: z.number(),
          outputUsage: z.number(),
          totalUsage: z.number(),
          ...sums,
        }),
      ),
    }),
  ),
  meta: PageMeta,
})
export type DailyMetricsDto = z.infer<typeof DailyMetricsDto>

/** GET /metrics/names (xtrace-native contract §5): those with a point between both, or of all time. */
export const MetricNamesQuery = z.object({ from: instantParam, to: instantParam })
export type MetricNamesQuery = z.output<typeof MetricNamesQuery>

export const MetricNamesDto = z.object({ data: z.array(z.string()) })
export type MetricNamesDto = z.infer<typeof MetricNamesDto>

export const METRIC_AGGREGATION_NAMES = [
  'avg',
  'max',
  'min',
  'sum',
  'last',
  'count',
  'rate',
  'p50',
  'p90',
  'p95',
  'p99',
] as const

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const
const MAX_STEP_SECONDS = 30 * SECONDS.d

/** `30s`, `5m`, `1h`, `1d` … to seconds; one minute when absent. */
const stepParam = textParam.transform((text, ctx): number => {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text ?? '1m') ?? []
  const size = unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? SECONDS[unit] : Number.NaN
  const seconds = Number(count) * size
  if (seconds >= 1 && seconds <= MAX_STEP_SECONDS) return seconds
  ctx.addIssue({ code: 'custom', message: 'step must be a number with s, m, h or d, from 1s to 30d' })
  return z.NEVER
})

const labelsParam = textParam.transform((text, ctx): Record<string, string> => {
  if (text === undefined) return {}
  try {
    const labels: unknown = JSON.parse(text)
    if (typeof labels === 'object' && labels !== null && !Array.isArray(labels))
      return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]))
  } catch {
    // Said below, as for JSON of another shape.
  }
  ctx.addIssue({ code: 'custom', message: 'labels must be a JSON object of label names and values' })
  return z.NEVER
})

/** GET /metrics/query (xtrace-native contract §6). */
export const MetricSeriesQuery = z.object({
  name: requiredTextParam,
  from: instantParam,
  to: instantParam,
  labels: labelsParam,
  step: stepParam,
  agg: wordParam(METRIC_AGGREGATION_NAMES),
  group_by: repeatedParam,
})
export type MetricSeriesQuery = z.output<typeof MetricSeriesQuery>

export const MetricSeriesDto = z.object({
  data: z.array(
    z.object({
      labels: z.record(z.string(), z.string().nullable()),
      values: z.array(z.object({ timestamp: Instant, value: z.number() })),
    }),
  ),
  meta: z.object({
    /** Start of the newest bucket that holds a point. */
    latest_ts: Instant.optional(),
    /** The newest point itself. */
    latest_point_ts: Instant.optional(),
    /** The newest point of each series, in the order of `data`. */
    latest_point_ts_by_series: z.array(Instant).optional(),
    series_count: z.int(),
    truncated: z.boolean(),
  }),
})
export type MetricSeriesDto = z.infer<typeof MetricSeriesDto>
