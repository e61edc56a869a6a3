import type { Nanos } from '#domain/time.ts'
import { latency, totalTokens, traceLatency } from '#query/measures.ts'
import { ask, heavily, isAmong, ofProject, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, optionalNumberOf, textOf } from '#store/rows/cells.ts'
import { all, i64, instant, type Sql, sql, u64 } from '#store/sql.ts'
import { stepOf } from './histogram.ts'

export interface OverviewQuestion {
  readonly from: Nanos
  /** Exclusive. */
  readonly to: Nanos
  /** Any of these; all when empty. */
  readonly environments: readonly string[]
  readonly by: OverviewKey
}

/** What traces are told apart by; `model` tells the observations apart that name one. */
export type OverviewKey = 'model' | 'name' | 'user' | 'environment'

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

/** What one model, name, user or environment came to within a bucket. */
export interface GroupBucket {
  readonly startMs: number
  /** '' for those without one. */
  readonly key: string
  /** Observations of a model, else traces. */
  readonly calls: number
  /** Of them, those of level ERROR or with an observation of it. */
  readonly failed: number
  readonly cost: number | undefined
  readonly tokens: number
  /** Seconds, over all buckets of the key; undefined when nothing of it has ended. */
  readonly p90: number | undefined
}

/** What the numbers and truth values of one score came to within a bucket. */
export interface ScoreBucket {
  readonly startMs: number
  readonly name: string
  /** True counts as 1. */
  readonly mean: number
  readonly count: number
}

export interface Overview {
  readonly stepMs: number
  readonly total: TraceFigures
  /** Of the time of the same length before. */
  readonly before: TraceFigures
  /** Oldest first; those of nothing are left out. */
  readonly buckets: readonly OverviewBucket[]
  /** Of the keys that cost, and after that occur, the most. */
  readonly groups: readonly GroupBucket[]
  /** How many keys there are beside those. */
  readonly otherGroups: number
  /** Of the scores that were given most often. */
  readonly scores: readonly ScoreBucket[]
}

/** Keys that are told; the rest are counted. */
const MAX_GROUPS = 50
const MAX_SCORES = 8

/** How a project fares: figures of its traces in all, over time, and by one key. A trace counts where its first observation begins. */
export async function findOverview(reader: Reader, question: OverviewQuestion): Promise<Overview> {
  const { from, to } = question
  const stepMs = stepOf(Number(to - from) / 1e6)
  const heavy = heavily(reader)
  const [total, before, buckets, groups, scores] = await Promise.all([
    ask(heavy, sql`SELECT ${FIGURES} FROM (${tracesOf(reader, question)})`),
    ask(heavy, sql`SELECT ${FIGURES} FROM (${tracesOf(reader, { ...question, from: from - (to - from), to: from })})`),
    ask(
      heavy,
      sql`SELECT ${bucketOf(sql`began`, stepMs)} AS start, ${FIGURES} FROM (${tracesOf(reader, question)}) GROUP BY start ORDER BY start`,
    ),
    ask(heavy, groupsSql(reader, question, stepMs)),
    ask(heavy, scoresSql(reader, question, stepMs)),
  ])
  return {
    stepMs,
    total: toFigures(total[0] ?? {}),
    before: toFigures(before[0] ?? {}),
    buckets: buckets.map((row) => ({ startMs: numberOf(row, 'start'), ...toFigures(row) })),
    groups: groups.map(toGroupBucket),
    otherGroups: Math.max(0, (groups[0] ? numberOf(groups[0], 'keys') : 0) - MAX_GROUPS),
    scores: scores.map(toScoreBucket),
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
  sql`SELECT trace_id, min(start_time) AS began, ${traceLatency} AS seconds, sumOrNull(total_cost) AS dollars, sum(${totalTokens}) AS used, countIf(level = 'ERROR') > 0 AS has_error FROM observations FINAL WHERE ${within(reader, question)} GROUP BY trace_id`

const KEYS: Readonly<Record<TraceKey, Sql>> = {
  name: sql`name`,
  user: sql`user_id`,
  environment: sql`environment`,
}

/** One row a bucket and key, of the keys that come first by cost. */
function groupsSql(reader: Reader, question: OverviewQuestion, stepMs: number): Sql {
  const { by } = question
  const buckets = by === 'model' ? ofModels(reader, question, stepMs) : ofTraces(reader, { ...question, by }, stepMs)
  const summed = sql`SELECT *, sum(ifNull(cost, 0)) OVER (PARTITION BY name) AS key_cost, sum(calls) OVER (PARTITION BY name) AS key_calls, quantileMerge(0.9)(waits) OVER (PARTITION BY name) AS p90 FROM (${buckets})`
  const placed = sql`SELECT *, dense_rank() OVER (ORDER BY key_cost DESC, key_calls DESC, name) AS place FROM (${summed})`
  const counted = sql`SELECT *, max(place) OVER () AS keys FROM (${placed})`
  return sql`SELECT start, name, calls, failed, cost, tokens, p90, keys FROM (${counted}) WHERE place <= ${u64(MAX_GROUPS)} ORDER BY start, name`
}

const ofModels = (reader: Reader, question: OverviewQuestion, stepMs: number): Sql =>
  sql`SELECT ${bucketOf(sql`start_time`, stepMs)} AS start, toString(model) AS name, count() AS calls, countIf(level = 'ERROR') AS failed, sumOrNull(total_cost) AS cost, sum(${totalTokens}) AS tokens, quantileState(0.9)(${latency}) AS waits FROM observations FINAL WHERE ${within(reader, question)} AND (model != '' OR total_cost IS NOT NULL) GROUP BY start, name`

type TraceKey = Exclude<OverviewKey, 'model'>

function ofTraces(reader: Reader, question: OverviewQuestion & { readonly by: TraceKey }, stepMs: number): Sql {
  const key = KEYS[question.by]
  const ids = sql`SELECT trace_id FROM observations WHERE ${within(reader, question)}`
  const named = sql`SELECT id AS named_id, toString(${key}) AS named_key FROM traces FINAL WHERE ${ofProject(reader.projectId)} AND id IN (${ids})`
  return sql`SELECT ${bucketOf(sql`began`, stepMs)} AS start, named_key AS name, count() AS calls, countIf(has_error) AS failed, sumOrNull(dollars) AS cost, sum(used) AS tokens, quantileState(0.9)(seconds) AS waits FROM (${tracesOf(reader, question)}) AS observed LEFT JOIN (${named}) AS named ON trace_id = named_id GROUP BY start, name`
}

/** One row a bucket and score, of those that occur most. */
function scoresSql(reader: Reader, { from, to, environments }: OverviewQuestion, stepMs: number): Sql {
  const where = all([
    ofProject(reader.projectId),
    sql`timestamp >= ${instant(from)}`,
    sql`timestamp < ${instant(to)}`,
    sql`data_type IN ('NUMERIC', 'BOOLEAN')`,
    ...(environments.length === 0 ? [] : [isAmong(sql`environment`, environments)]),
  ])
  const buckets = sql`SELECT ${bucketOf(sql`timestamp`, stepMs)} AS start, toString(name) AS score, avg(value) AS mean, count() AS given FROM scores FINAL WHERE ${where} GROUP BY start, score`
  const summed = sql`SELECT *, sum(given) OVER (PARTITION BY score) AS score_given FROM (${buckets})`
  const placed = sql`SELECT *, dense_rank() OVER (ORDER BY score_given DESC, score) AS place FROM (${summed})`
  return sql`SELECT start, score, mean, given FROM (${placed}) WHERE place <= ${u64(MAX_SCORES)} ORDER BY start, score`
}

const toScoreBucket = (row: Row): ScoreBucket => ({
  startMs: numberOf(row, 'start'),
  name: textOf(row, 'score'),
  mean: numberOf(row, 'mean'),
  count: numberOf(row, 'given'),
})

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

const toGroupBucket = (row: Row): GroupBucket => ({
  startMs: numberOf(row, 'start'),
  key: textOf(row, 'name'),
  calls: numberOf(row, 'calls'),
  failed: numberOf(row, 'failed'),
  cost: optionalNumberOf(row, 'cost'),
  tokens: numberOf(row, 'tokens'),
  p90: optionalNumberOf(row, 'p90'),
})
