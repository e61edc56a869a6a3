/**
 * A question as one SELECT: rows of the view within the time, joined INNER with what its dimensions
 * speak of, grouped and measured. Names of the question are looked up in the view's tables; no text
 * of a caller becomes SQL. Each row of the result holds two tuples in the question's order: `dims`,
 * the bucket first if there is one, and `metrics`.
 */
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import type { ProjectId } from '#domain/ids.ts'
import { columnNames, filterSql, findColumn } from '#query/filter-sql.ts'
import { ofProject } from '#query/reader.ts'
import { all, EMPTY, instant, join, type Sql, sql, u64 } from '#store/sql.ts'
import { AGGREGATIONS, aggregateSql } from './aggregate.ts'
import { type Metric, type MetricsQuestion, metricKey, TIME_KEY } from './question.ts'
import { bucketSql, granularityOf } from './time-buckets.ts'
import type { Dimension, Measure, MetricTable } from './view.ts'
import { METRIC_TABLES } from './views.ts'

/** A question whose names were found in the tables of its view. */
export interface ResolvedQuestion {
  readonly question: MetricsQuestion
  readonly table: MetricTable
  readonly dimensions: readonly Dimension[]
  readonly measures: readonly Measure[]
}

/** @throws AppError `bad_request` naming what the view does not have, and what it has instead */
export function resolve(question: MetricsQuestion): ResolvedQuestion {
  const table = METRIC_TABLES[question.view]
  for (const filter of question.filters) checkFilter(table, filter)
  return {
    question,
    table,
    dimensions: question.dimensions.map(
      (name) => table.dimensions.get(name) ?? unknown('dimension', name, table.dimensions.keys()),
    ),
    measures: question.metrics.map((metric) => measureOf(table, metric)),
  }
}

function unknown(what: string, name: string, known: Iterable<string>): never {
  throw new AppError('bad_request', `Invalid ${what} ${name}. Must be one of ${[...known].join(', ')}`)
}

function measureOf({ measures }: MetricTable, { measure: name, aggregation }: Metric): Measure {
  const measure = measures.get(name) ?? unknown('metric', name, measures.keys())
  const fitting = AGGREGATIONS[measure.kind]
  if (!fitting.includes(aggregation)) unknown(`aggregation for metric ${name}:`, aggregation, fitting)
  return measure
}

function checkFilter({ filters }: MetricTable, filter: Filter): void {
  if (filter.type === 'positionInTrace') return
  const column = findColumn(filters, filter.column) ?? unknown('filter column', filter.column, columnNames(filters))
  if (column.type === 'array' && filter.type !== 'arrayOptions' && filter.type !== 'null')
    throw new AppError(
      'bad_request',
      `Invalid filter type '${filter.type}' for array column '${filter.column}'. Expected 'arrayOptions'.`,
    )
}

export function metricsSql(resolved: ResolvedQuestion, projectId: ProjectId): Sql {
  const { question, table, dimensions, measures } = resolved
  const needs = [...dimensions, ...measures, ...expandedByFilters(resolved)]
  const expansions = present(needs.map(({ expansion }) => expansion)).map((each) => sql`ARRAY JOIN ${each}`)
  const from = join([table.table, ...expansions], ' ')
  const where = whereSql(resolved, projectId)
  const rows = sql`${from} WHERE ${where}`
  const joins = present(needs.map(({ relation }) => relation)).map((relation) => relation({ projectId, rows }))
  const granularity = granularityOf(question)
  const bucket = granularity && bucketSql(granularity, table.time)
  const groups = [...(bucket ? [bucket] : []), ...dimensions.map((dimension) => dimension.sql)]
  const metrics = metricSqls(resolved)
  const list = (parts: readonly Sql[]) => join(parts, ', ')
  const groupBy = groups.length > 0 ? sql` GROUP BY ${list(groups)}` : EMPTY
  const order = orderSql(resolved, { bucket, groups, metrics })
  const orderBy = order.length > 0 ? sql` ORDER BY ${list(order)}` : EMPTY
  const limit = question.rowLimit === undefined ? EMPTY : sql` LIMIT ${u64(question.rowLimit)}`
  return sql`SELECT tuple(${list(groups)}) AS dims, tuple(${list(metrics)}) AS metrics FROM ${join([from, ...joins], ' ')} WHERE ${where}${groupBy}${orderBy}${limit}`
}

const present = <T>(values: readonly (T | undefined)[]): T[] => [
  ...new Set(values.filter((value) => value !== undefined)),
]

/** Dimensions that break a row into parts, where a filter picks among the parts. */
function expandedByFilters({ question, table }: ResolvedQuestion): Dimension[] {
  return question.filters.flatMap((filter) => {
    const column = findColumn(table.filters, filter.column)
    const dimension = column?.type === 'array' ? undefined : table.dimensions.get(column?.names[0] ?? '')
    return dimension?.expansion ? [dimension] : []
  })
}

function whereSql({ question, table }: ResolvedQuestion, projectId: ProjectId): Sql {
  const { from, to, filters } = question
  return all([
    ofProject(projectId),
    table.condition,
    sql`${table.time} >= ${instant(from)} AND ${table.time} <= ${instant(to)}`,
    filterSql(table.filters, filters, projectId),
  ])
}

function metricSqls({ question, measures }: ResolvedQuestion): Sql[] {
  return measures.map((measure, index) => {
    const asked = question.metrics.filter((_, other) => measures[other] === measure)
    return aggregateSql(measure, question.metrics[index]?.aggregation ?? 'count', {
      bins: question.bins,
      asked: asked.map(({ aggregation }) => aggregation),
    })
  })
}

interface Selected {
  readonly bucket: Sql | undefined
  readonly groups: readonly Sql[]
  readonly metrics: readonly Sql[]
}

/** What was asked for, then every group, so that the order is total (public-api contract §12.1). */
function orderSql(resolved: ResolvedQuestion, selected: Selected): Sql[] {
  const { bucket, groups, metrics } = selected
  const rest = groups.map((group) => sql`${group} ASC`)
  const { orderBy } = resolved.question
  if (orderBy.length > 0) return [...givenOrder(resolved, selected), ...rest]
  const [first] = metrics
  return bucket || groups.length === 0 || !first ? rest : [sql`${first} DESC`, ...rest]
}

function givenOrder({ question, dimensions }: ResolvedQuestion, { bucket, metrics }: Selected): Sql[] {
  const fields = new Map<string, Sql>(dimensions.map((dimension) => [dimension.name, dimension.sql]))
  if (bucket) fields.set(TIME_KEY, bucket)
  question.metrics.forEach((metric, index) => {
    fields.set(metricKey(metric), metrics[index] ?? EMPTY)
  })
  return question.orderBy.map(({ field, direction }) => {
    const expression = fields.get(field) ?? unknown('orderBy field', field, fields.keys())
    return direction === 'asc' ? sql`${expression} ASC` : sql`${expression} DESC`
  })
}
