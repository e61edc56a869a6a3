/** The query language of metrics: JSON in the parameter `query` (public-api contract §12.1). */
import { z } from 'zod'
import { Instant } from './fields.ts'
import { FilterConditions } from './filter.ts'
import { requiredTextParam } from './query-params.ts'

export const METRIC_VIEWS = [
  'traces',
  'observations',
  'scores-numeric',
  'scores-boolean',
  'scores-categorical',
] as const
export const METRIC_VIEWS_V2 = ['observations', 'scores-numeric', 'scores-boolean', 'scores-categorical'] as const

export const METRIC_AGGREGATIONS = [
  'sum',
  'avg',
  'count',
  'max',
  'min',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'histogram',
  'uniq',
] as const

/** Of dimensions, metrics, filters and orders; more is no question but a mistake. */
const MAX_PARTS = 50

const question = {
  dimensions: z
    .array(z.object({ field: z.string() }))
    .max(MAX_PARTS)
    .default([])
    .meta({ description: 'What to group by' }),
  metrics: z
    .array(z.object({ measure: z.string(), aggregation: z.enum(METRIC_AGGREGATIONS) }))
    .min(1, 'At least one metric is required')
    .max(MAX_PARTS)
    .meta({ description: 'What to measure, and how to put the values of a group together' }),
  filters: FilterConditions.max(MAX_PARTS).default([]).meta({ description: 'Conditions, all of which must hold' }),
  timeDimension: z
    .object({ granularity: z.enum(['auto', 'minute', 'hour', 'day', 'week', 'month']) })
    .nullable()
    .default(null),
  fromTimestamp: Instant,
  toTimestamp: Instant,
  orderBy: z
    .array(z.object({ field: z.string(), direction: z.enum(['asc', 'desc']) }))
    .max(MAX_PARTS)
    .nullable()
    .default(null)
    .meta({ description: 'By dimensions, time_dimension, or metrics as <aggregation>_<measure>' }),
  config: z
    .object({
      bins: z.int().min(1).max(100).default(10).meta({ description: 'Of histograms' }),
      row_limit: z.int().min(1).max(1000).optional(),
    })
    .prefault({}),
}

interface Span {
  readonly fromTimestamp: string
  readonly toTimestamp: string
}

const isForward = ({ fromTimestamp, toTimestamp }: Span) => Date.parse(fromTimestamp) < Date.parse(toTimestamp)
const BACKWARDS = { path: ['fromTimestamp'], message: 'fromTimestamp must be before toTimestamp' }

export const MetricsQuestionV1 = z.object({ view: z.enum(METRIC_VIEWS), ...question }).refine(isForward, BACKWARDS)
export const MetricsQuestionV2 = z.object({ view: z.enum(METRIC_VIEWS_V2), ...question }).refine(isForward, BACKWARDS)
/** Either version's, once parsed. */
export type MetricsQuestionDto = z.output<typeof MetricsQuestionV1>

/** GET /metrics and GET /v2/metrics. */
export const MetricsQuery = z.object({ query: requiredTextParam })
export type MetricsQuery = z.output<typeof MetricsQuery>

const Bin = z.tuple([z.number(), z.number(), z.number()])

/** Keys: dimensions, `time_dimension`, and `<aggregation>_<measure>`; a histogram is a list of [lower, upper, height]. */
export const MetricsDto = z.object({
  data: z.array(
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()), z.array(Bin)])),
  ),
})
export type MetricsDto = z.infer<typeof MetricsDto>

/** GET /v2/metrics/schema: what questions can name. */
export const MetricsSchemaDto = z.object({
  data: z.array(
    z.object({
      view: z.string(),
      dimensions: z.array(z.object({ name: z.string(), type: z.enum(['text', 'texts', 'number', 'boolean']) })),
      measures: z.array(z.object({ name: z.string(), aggregations: z.array(z.enum(METRIC_AGGREGATIONS)) })),
    }),
  ),
})
