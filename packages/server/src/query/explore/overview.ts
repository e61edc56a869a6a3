import type { Nanos } from '#domain/time.ts'
import { totalTokens, traceLatency } from '#query/measures.ts'
import { ask, heavily, isAmong, ofProject, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, optionalNumberOf, textOf } from '#store/rows/cells.ts'
import { all, i64, instant, type Sql, sql } from '#store/sql.ts'
import { stepOf } from './histogram.ts'

export interface OverviewQuestion {
  readonly from: Nanos
  /** Exclusive. */
  readonly to: Nanos
  /** Any of these; all when empty. */
  readonly environments: readonly string[]
}

/** What the traces of a time come to. */
export interface TraceFigures {
  readonly traces: number
  /** Of them, those with an observation of level ERROR. */
  readonly failed: number
  /** US dollars; undefined when no price is known. */
  readonly cost: number | undefined
  readonly tokens: number
  /** Seconds from the first start to the last end; undefined without traces. */
  readonly p50: number | undefined
  readonly p90: number | undefined
  readonly p99: number | undefined
}

export interface OverviewBucket extends TraceFigures {
  /** Milliseconds since the epoch. */
  readonly startMs: number
}

/** What one model came to within a bucket. */
export interface ModelBucket {
  readonly startMs: number
  /** '' for generations that name none. */
  readonly model: string
  readonly calls: number
  readonly cost: number | undefined
  readonly tokens: number
}

export interface Overview {
  readonly stepMs: number
  readonly total: TraceFigures
  /** Of the time of the same length before. */
  readonly before: TraceFigures
  /** Oldest first; those of nothing are left out. */
  readonly buckets: readonly OverviewBucket[]
  readonly models: readonly ModelBucket[]
}

/** How a project fares: figures of its traces in all, over time, and by model. A trace counts where its first observation begins. */
export async function findOverview(reader: Reader, question: OverviewQuestion): Promise<Overview> {
  const { from, to } = question
  const stepMs = stepOf(Number(to - from) / 1e6)
  const heavy = heavily(reader)
  const [total, before, buckets, models] = await Promise.all([
    ask(heavy, sql`SELECT ${FIGURES} FROM (${tracesOf(reader, question)})`),
    ask(heavy, sql`SELECT ${FIGURES} FROM (${tracesOf(reader, { ...question, from: from - (to - from), to: from })})`),
    ask(
      heavy,
      sql`SELECT ${bucketOf(sql`began`, stepMs)} AS start, ${FIGURES} FROM (${tracesOf(reader, question)}) GROUP BY start ORDER BY start`,
    ),
    ask(
      heavy,
      sql`SELECT ${bucketOf(sql`start_time`, stepMs)} AS start, toString(model) AS name, count() AS calls, sumOrNull(total_cost) AS cost, sum(${totalTokens}) AS tokens FROM observations FINAL WHERE ${within(reader, question)} AND (model != '' OR total_cost IS NOT NULL) GROUP BY start, name ORDER BY start, name`,
    ),
  ])
  return {
    stepMs,
    total: toFigures(total[0] ?? {}),
    before: toFigures(before[0] ?? {}),
    buckets: buckets.map((row) => ({ startMs: numberOf(row, 'start'), ...toFigures(row) })),
    models: models.map(toModelBucket),
  }
}

const bucketOf = (time: Sql, stepMs: number): Sql =>
  sql`intDiv(toUnixTimestamp64Milli(${time}), ${i64(stepMs)}) * ${i64(stepMs)}`

const within = (reader: Reader, { from, to, environments }: OverviewQuestion): Sql =>
  all([
    ofProject(reader.projectId),
    sql`start_time >= ${instant(from)}`,
    sql`start_time < ${instant(to)}`,
    ...(environments.length === 0 ? [] : [isAmong(sql`environment`, environments)]),
  ])

/** One row a trace, of its observations within the time. */
const tracesOf = (reader: Reader, question: OverviewQuestion): Sql =>
  sql`SELECT min(start_time) AS began, ${traceLatency} AS seconds, sumOrNull(total_cost) AS dollars, sum(${totalTokens}) AS used, countIf(level = 'ERROR') > 0 AS has_error FROM observations FINAL WHERE ${within(reader, question)} GROUP BY trace_id`

const FIGURES: Sql = sql`count() AS traces, countIf(has_error) AS failed, sumOrNull(dollars) AS cost, sum(used) AS tokens, if(traces = 0, [], quantiles(0.5, 0.9, 0.99)(seconds)) AS latencies`

function toFigures(row: Row): TraceFigures {
  const latencies = Array.isArray(row['latencies']) ? row['latencies'].map(Number) : []
  const [p50, p90, p99] = latencies
  return {
    traces: numberOf(row, 'traces'),
    failed: numberOf(row, 'failed'),
    cost: optionalNumberOf(row, 'cost'),
    tokens: numberOf(row, 'tokens'),
    p50,
    p90,
    p99,
  }
}

const toModelBucket = (row: Row): ModelBucket => ({
  startMs: numberOf(row, 'start'),
  model: textOf(row, 'name'),
  calls: numberOf(row, 'calls'),
  cost: optionalNumberOf(row, 'cost'),
  tokens: numberOf(row, 'tokens'),
})
