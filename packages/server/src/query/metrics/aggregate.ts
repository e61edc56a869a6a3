/**
 * Aggregations (public-api contract §12.1). Rows without a value count for none of them.
 *
 * Percentiles are exact and lie between the two nearest ranks, at (n − 1)·q of the sorted values, as
 * spreadsheets and numpy have them and as `metric-series.ts` does: sketches would answer the same
 * question differently from call to call, since parts are merged in any order. They hold 8 bytes a
 * value while they run; all percentiles of a measure share one state, and what does not fit into the
 * memory of a query is refused as too heavy. `uniq` is exact for the same reason. Histograms are
 * ClickHouse's adaptive ones: bins as wide as the values ask for, heights that are estimates.
 */
import { join, Sql, sql, u32 } from '#store/sql.ts'
import type { Aggregation } from './question.ts'
import type { Measure } from './view.ts'

const LEVELS = {
  p50: sql`0.5`,
  p75: sql`0.75`,
  p90: sql`0.9`,
  p95: sql`0.95`,
  p99: sql`0.99`,
} as const

type Percentile = keyof typeof LEVELS

const isPercentile = (aggregation: Aggregation): aggregation is Percentile => aggregation in LEVELS

export const AGGREGATIONS: Readonly<Record<Measure['kind'], readonly Aggregation[]>> = {
  number: ['sum', 'avg', 'count', 'max', 'min', 'p50', 'p75', 'p90', 'p95', 'p99', 'histogram', 'uniq'],
  text: ['count', 'uniq'],
  distinct: ['count', 'uniq'],
}

export interface AggregateOptions {
  readonly bins: number
  /** All that the question asks of the measure, so that percentiles are computed together. */
  readonly asked: readonly Aggregation[]
}

/** The aggregation over the measure's rows. `AGGREGATIONS` says which ones go with it. */
export function aggregateSql({ kind, sql: value }: Measure, aggregation: Aggregation, options: AggregateOptions): Sql {
  if (kind !== 'number') return textAggregate(kind, aggregation, value)
  if (isPercentile(aggregation)) return percentile(value, aggregation, options.asked)
  switch (aggregation) {
    case 'sum':
      return sql`ifNull(sum(${value}), 0)`
    case 'avg':
      return sql`avg(${value})`
    case 'count':
      return sql`count(${value})`
    case 'max':
      return sql`maxOrNull(${value})`
    case 'min':
      return sql`minOrNull(${value})`
    case 'histogram':
      return sql`histogram(${binsSql(options.bins)})(${value})`
    case 'uniq':
      return sql`uniqExact(${value})`
  }
}

function textAggregate(kind: 'text' | 'distinct', aggregation: Aggregation, value: Sql): Sql {
  const present = sql`nullIf(${value}, '')`
  return kind === 'text' && aggregation === 'count' ? sql`count(${present})` : sql`uniqExact(${present})`
}

function percentile(value: Sql, wanted: Percentile, asked: readonly Aggregation[]): Sql {
  const levels = [...new Set(asked.filter(isPercentile))]
  const list = join(
    levels.map((level) => LEVELS[level]),
    ', ',
  )
  return sql`quantilesExactInclusive(${list})(${value})[${u32(levels.indexOf(wanted) + 1)}]`
}

/** Parameters of an aggregate must be written out, so the number becomes text here, and only a whole one does. */
const binsSql = (bins: number): Sql => new Sql([String(Math.trunc(bins))])
