import { AppError } from '#domain/errors.ts'
import { ask, heavily, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { metricsSql, type ResolvedQuestion, resolve } from './metrics-sql.ts'
import type { Aggregation, MetricsQuestion } from './question.ts'
import { metricKey, TIME_KEY } from './question.ts'
import { bucketsWithin, granularityOf } from './time-buckets.ts'
import type { Dimension } from './view.ts'

/** [lower, upper, height] of one bin. */
type Bin = readonly [number, number, number]

type MetricCell = string | number | boolean | null | readonly string[] | readonly Bin[]

/** By name: `time_dimension`, the dimensions, the metrics; null where there is no value. */
export type MetricRow = Readonly<Record<string, MetricCell>>

/** More empty buckets than these are not filled in: an answer must stay readable. */
const MAX_FILLED = 10_000

/**
 * The answer to a question, in its order. Without an order of its own it has a row for every bucket
 * of time: one that holds no rows has null dimensions, zero counts and sums, and no other figures.
 * @throws AppError `bad_request` for names and filters that do not fit the view, and as `Engine.query`
 */
export async function findMetrics(reader: Reader, question: MetricsQuestion): Promise<MetricRow[]> {
  const resolved = resolve(question)
  const found = await ask(heavily(reader), metricsSql(resolved, reader.projectId))
  const rows = found.map((row) => toMetricRow(row, resolved))
  return question.orderBy.length === 0 ? filled(rows, resolved) : rows
}

function toMetricRow(row: Row, { question, dimensions }: ResolvedQuestion): MetricRow {
  const groups = tupleOf(row, 'dims')
  const metrics = tupleOf(row, 'metrics')
  const time = question.granularity === undefined ? [] : [[TIME_KEY, String(groups.shift())] as const]
  return Object.fromEntries<MetricCell>([
    ...time,
    ...dimensions.map((dimension, index) => [dimension.name, dimensionCell(dimension, groups[index])] as const),
    ...question.metrics.map((metric, index) => [metricKey(metric), metricCell(metrics[index])] as const),
  ])
}

function tupleOf(row: Row, column: string): unknown[] {
  const cell = row[column]
  if (!Array.isArray(cell)) throw new AppError('internal', `Column ${column} should be a tuple`)
  return [...cell]
}

function dimensionCell({ kind }: Dimension, cell: unknown): MetricCell {
  if (cell === null || cell === undefined || cell === '') return null
  switch (kind) {
    case 'text':
      return String(cell)
    case 'number':
      return Number(cell)
    case 'boolean':
      return cell === true || cell === 1
    case 'texts':
      return Array.isArray(cell) ? cell.map(String) : []
  }
}

/** Figures arrive as numbers or, 64-bit ones, as text; histograms as arrays of bins. */
function metricCell(cell: unknown): MetricCell {
  if (Array.isArray(cell)) return cell.map(toBin)
  return cell === null || cell === undefined ? null : Number(cell)
}

function toBin(bin: unknown): Bin {
  const [lower, upper, height] = Array.isArray(bin) ? bin.map(Number) : []
  return [lower ?? 0, upper ?? 0, height ?? 0]
}

/** Rows come sorted by bucket; each bucket that has none gets one. */
function filled(rows: readonly MetricRow[], { question, dimensions }: ResolvedQuestion): MetricRow[] {
  const granularity = granularityOf(question)
  const buckets = granularity && bucketsWithin(granularity, question, MAX_FILLED)
  if (!buckets) return [...rows]
  const known = new Set(rows.map((row) => row[TIME_KEY]))
  const nothing = Object.fromEntries<MetricCell>([
    ...dimensions.map(({ name }) => [name, null] as const),
    ...question.metrics.map((metric) => [metricKey(metric), emptyCell(metric.aggregation)] as const),
  ])
  const empty = buckets.filter((bucket) => !known.has(bucket)).map((bucket) => ({ [TIME_KEY]: bucket, ...nothing }))
  const all = [...rows, ...empty].sort((a, b) => inTime(String(a[TIME_KEY]), String(b[TIME_KEY])))
  return all.slice(0, question.rowLimit)
}

const inTime = (a: string, b: string): number => {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function emptyCell(aggregation: Aggregation): MetricCell {
  if (aggregation === 'histogram') return []
  return aggregation === 'sum' || aggregation === 'count' || aggregation === 'uniq' ? 0 : null
}
