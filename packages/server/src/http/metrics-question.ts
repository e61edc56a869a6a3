import type { MetricsQuestionDto } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { type MetricsQuestion, metricKey } from '#query/metrics/question.ts'
import { nanosOf, toFilters } from './filter-params.ts'

/** The JSON of a `query` parameter. @throws AppError `bad_request` for what is not JSON */
export function parseMetricsParam(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('bad_request', 'Invalid JSON in query parameter', { cause })
  }
}

/** A dimension or a metric named twice is asked once: its key can stand in a row only once. */
export function toMetricsQuestion(dto: MetricsQuestionDto, defaultLimit: number | undefined): MetricsQuestion {
  const metrics = new Map(dto.metrics.map((metric) => [metricKey(metric), metric]))
  return {
    view: dto.view,
    dimensions: [...new Set(dto.dimensions.map(({ field }) => field))],
    metrics: [...metrics.values()],
    filters: toFilters(dto.filters),
    from: nanosOf(dto.fromTimestamp),
    to: nanosOf(dto.toTimestamp),
    granularity: dto.timeDimension?.granularity,
    orderBy: dto.orderBy ?? [],
    bins: dto.config.bins,
    rowLimit: dto.config.row_limit ?? defaultLimit,
  }
}
