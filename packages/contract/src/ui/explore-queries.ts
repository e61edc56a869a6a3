/** How the tables, charts and suggestions of the web interface ask. */
import { z } from 'zod'
import {
  instantParam,
  intParam,
  listParam,
  repeatedParam,
  requiredInstantParam,
  requiredTextParam,
  textParam,
  wordParam,
} from '#query-params.ts'

/** The rows in question: a span of time, the public filter array as JSON, environments. */
const explored = {
  from: requiredInstantParam,
  /** Exclusive; now when absent. */
  to: instantParam,
  filter: textParam,
  env: listParam,
}

/** Columns beside those that every row has: `metadata.<key>`, `score.<name>`, `usage.<type>`; 20 at most. */
export const moreColumns = repeatedParam

const listed = {
  ...explored,
  /** `column.asc` or `column.desc`. */
  order: textParam,
  cursor: textParam,
  columns: moreColumns,
  limit: intParam({ min: 1, max: 200, default: 100 }),
}

export const ListQuery = z.object(listed)
export type ListQuery = z.output<typeof ListQuery>

export const HistogramQuery = z.object({
  ...explored,
  /** Beside how many rows there are: the latency that nine of ten do not exceed, or what all of them cost. */
  figure: wordParam(['p90', 'cost']),
})
export type HistogramQuery = z.output<typeof HistogramQuery>
export type HistogramFigure = NonNullable<HistogramQuery['figure']>

export const SuggestQuery = z.object({
  ...explored,
  /** A public column, `metadata` (its keys), `metadata.<key>` (its values), `scores` (their names) or `usage` (its types). */
  field: requiredTextParam,
  typed: textParam,
})
export type SuggestQuery = z.output<typeof SuggestQuery>

export const TraceGroupsQuery = z.object({
  ...explored,
  skip: intParam({ min: 0, max: 1_000_000, default: 0 }),
  limit: intParam({ min: 1, max: 200, default: 100 }),
})
export type TraceGroupsQuery = z.output<typeof TraceGroupsQuery>

/** What the rows must fulfil to be told. */
export const TailQuery = z.object({ filter: textParam, env: listParam, columns: moreColumns })
export type TailQuery = z.output<typeof TailQuery>
