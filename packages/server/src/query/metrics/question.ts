import type { Filter } from '#domain/filter.ts'
import type { Nanos } from '#domain/time.ts'

export type MetricView = 'traces' | 'observations' | 'scores-numeric' | 'scores-boolean' | 'scores-categorical'

export type Aggregation =
  | 'sum'
  | 'avg'
  | 'count'
  | 'max'
  | 'min'
  | 'p50'
  | 'p75'
  | 'p90'
  | 'p95'
  | 'p99'
  | 'histogram'
  | 'uniq'

export type Granularity = 'minute' | 'hour' | 'day' | 'week' | 'month'

export interface Metric {
  readonly measure: string
  readonly aggregation: Aggregation
}

export interface MetricOrder {
  /** A dimension of the question, `time_dimension`, or the key of one of its metrics. */
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

/** A question over the rows of a view (public-api contract §12.1). */
export interface MetricsQuestion {
  readonly view: MetricView
  readonly dimensions: readonly string[]
  /** At least one. */
  readonly metrics: readonly Metric[]
  readonly filters: readonly Filter[]
  /** Bounds on the view's own time, both inclusive. */
  readonly from: Nanos
  readonly to: Nanos
  /** Undefined: all of the time is one. */
  readonly granularity: Granularity | 'auto' | undefined
  /** Empty: by time, else by the first metric, highest first. */
  readonly orderBy: readonly MetricOrder[]
  /** Of histograms. */
  readonly bins: number
  readonly rowLimit: number | undefined
}

/** The key of a metric in rows and orders: `sum_totalCost`. */
export const metricKey = ({ measure, aggregation }: Metric): string => `${aggregation}_${measure}`

/** The key of the bucket's start in rows and orders. */
export const TIME_KEY = 'time_dimension'
