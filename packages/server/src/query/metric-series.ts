/**
 * The values of a metric over time (xtrace-native contract §6): points fall into buckets of `step`
 * counted from the epoch, buckets into one series a label set or a group.
 */
import type { Nanos } from '#domain/time.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { all, f64, i64, instant, join, type Sql, sql, str, u64 } from '#store/sql.ts'
import { ask, ofProject, type Reader } from './reader.ts'

export type MetricAggregation =
  | 'avg'
  | 'max'
  | 'min'
  | 'sum'
  | 'last'
  | 'count'
  | 'rate'
  | 'p50'
  | 'p90'
  | 'p95'
  | 'p99'

/** Bounds of one answer; of more series the first by labels are given, of more points the newest. */
const MAX_SERIES = 50
const MAX_POINTS = 1000

export interface SeriesQuestion {
  readonly name: string
  /** Both inclusive. */
  readonly from: Nanos
  readonly to: Nanos
  /** A series counts when it has all of these. */
  readonly labels: Readonly<Record<string, string>>
  readonly stepSeconds: number
  readonly aggregation: MetricAggregation
  /** Label keys; none: one series a label set. */
  readonly groupBy: readonly string[]
}

interface Series {
  /** Of a group: its keys, null for a label that is missing. */
  readonly labels: Readonly<Record<string, string | null>>
  /** Oldest first; `start` is that of the bucket. */
  readonly values: readonly { readonly start: Nanos; readonly value: number }[]
  /** Instant of its newest point. */
  readonly latestPoint: Nanos
}

export interface SeriesAnswer {
  /** Sorted by labels. */
  readonly series: readonly Series[]
  /** True when series or points were left out. */
  readonly isTruncated: boolean
  /** Instant of the newest point, whether given or left out; undefined without data. */
  readonly latestPoint: Nanos | undefined
}

const NS_PER_SECOND = 1_000_000_000n

/** Start of the bucket that an instant falls into. */
export function bucketOf(time: Nanos, stepSeconds: number): Nanos {
  const step = BigInt(stepSeconds) * NS_PER_SECOND
  return time - (((time % step) + step) % step)
}

/** One row a bucket, newest first within its series. */
export async function findSeries(reader: Reader, question: SeriesQuestion): Promise<SeriesAnswer> {
  const rows = await ask(reader, seriesSql(reader, question))
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = JSON.stringify(groupOf(row))
    const buckets = groups.get(group)
    if (buckets) buckets.push(row)
    else groups.set(group, [row])
  }
  const given = [...groups.values()].slice(0, MAX_SERIES)
  const [first] = rows
  return {
    series: given.map((buckets) => ({
      labels: labelsOf(groupOf(buckets[0] ?? {}), question.groupBy),
      values: buckets.slice(0, MAX_POINTS).reverse().map(toValue),
      latestPoint: BigInt(textOf(buckets[0] ?? {}, 'newest')),
    })),
    isTruncated: groups.size > MAX_SERIES || given.some((buckets) => buckets.length > MAX_POINTS),
    latestPoint: first && BigInt(textOf(first, 'latest')),
  }
}

function seriesSql(reader: Reader, question: SeriesQuestion): Sql {
  const { name, from, to, labels, stepSeconds, aggregation, groupBy } = question
  const step = sql`${i64(BigInt(stepSeconds) * NS_PER_SECOND)}`
  const ofMetric = sql`${ofProject(reader.projectId)} AND name = ${str(name)}`
  const wanted = Object.entries(labels).map(
    ([key, value]) => sql`mapContains(labels, ${str(key)}) AND labels[${str(key)}] = ${str(value)}`,
  )
  const series = sql`SELECT series_id, ${groupSql(groupBy)} AS series FROM metric_series FINAL WHERE ${ofMetric} AND ${all(wanted)}`
  const points = sql`SELECT series_id, timestamp, value, point_id FROM metric_points FINAL WHERE ${ofMetric} AND timestamp >= ${instant(from)} AND timestamp <= ${instant(to)}`
  const buckets = sql`SELECT series, toUnixTimestamp64Nano(timestamp) - positiveModulo(toUnixTimestamp64Nano(timestamp), ${step}) AS start, ${aggregate(aggregation, stepSeconds)} AS bucket_value, max(toUnixTimestamp64Nano(timestamp)) AS newest FROM (${points}) AS points INNER JOIN (${series}) AS matching USING (series_id) GROUP BY series, start`
  return sql`SELECT series, start, bucket_value, newest, max(newest) OVER () AS latest FROM (${buckets}) ORDER BY series, start DESC LIMIT ${u64(MAX_POINTS + 1)} BY series LIMIT ${u64((MAX_SERIES + 1) * (MAX_POINTS + 1))}`
}

/** What makes a series: the wanted labels' values, or the pairs of all labels one after the other. Arrays sort as labels do. */
function groupSql(groupBy: readonly string[]): Sql {
  if (groupBy.length === 0)
    return sql`arrayFlatten(arrayMap((k, v) -> [k, v], mapKeys(mapSort(labels)), mapValues(mapSort(labels))))`
  const values = groupBy.map((key) => sql`if(mapContains(labels, ${str(key)}), labels[${str(key)}], NULL)`)
  return sql`[${join(values, ', ')}]`
}

function labelsOf(group: readonly (string | null)[], groupBy: readonly string[]): Record<string, string | null> {
  if (groupBy.length > 0) return Object.fromEntries(groupBy.map((key, index) => [key, group[index] ?? null]))
  const names = group.filter((_, index) => index % 2 === 0)
  return Object.fromEntries(names.map((name, index) => [name, group[index * 2 + 1] ?? null]))
}

function groupOf(row: Row): (string | null)[] {
  const group = row['series']
  return Array.isArray(group) ? group.map((label) => (label === null ? null : String(label))) : []
}

/** Percentiles lie between the two nearest ranks, at (n − 1)·q of the sorted values; `rate` is the sum a second. */
function aggregate(aggregation: MetricAggregation, stepSeconds: number): Sql {
  switch (aggregation) {
    case 'avg':
      return sql`avg(value)`
    case 'max':
      return sql`max(value)`
    case 'min':
      return sql`min(value)`
    case 'sum':
      return sql`sum(value)`
    case 'last':
      return sql`argMax(value, (timestamp, point_id))`
    case 'count':
      return sql`toFloat64(count())`
    case 'rate':
      return sql`sum(value) / ${f64(stepSeconds)}`
    case 'p50':
      return sql`quantileExactInclusive(0.5)(value)`
    case 'p90':
      return sql`quantileExactInclusive(0.9)(value)`
    case 'p95':
      return sql`quantileExactInclusive(0.95)(value)`
    case 'p99':
      return sql`quantileExactInclusive(0.99)(value)`
  }
}

const toValue = (row: Row) => ({ start: BigInt(textOf(row, 'start')), value: numberOf(row, 'bucket_value') })
