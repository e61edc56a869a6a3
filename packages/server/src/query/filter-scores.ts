import type { Filter } from '#domain/filter.ts'
import { f64, type Sql, sql, str } from '#store/sql.ts'
import { type Column, type ColumnType, type FilterScope, mismatch } from './filter-column.ts'
import { compare } from './filter-test.ts'
import { isAmong, ofProject } from './reader.ts'

type ScoreColumnType = Extract<ColumnType, `score${string}`>

/**
 * Columns of the view of traces that look at a trace's scores, those of its observations included;
 * the filter's key is the name of the score (public-api contract §1.8). "Any" conditions need such
 * a score; "none of" and "<>" hold for traces without one as well.
 */
export function ofScores(names: string, type: ScoreColumnType): Column {
  return {
    names: names.split('|'),
    type,
    isOwn: false,
    isSearchable: false,
    condition: (filter, scope) => conditions[type](filter, scope),
  }
}

const conditions: Readonly<Record<ScoreColumnType, (filter: Filter, scope: FilterScope) => Sql>> = {
  scoreAverage: (filter, scope) => {
    if (filter.type !== 'numberObject') throw mismatch(filter, 'scoreAverage')
    const test = compare(sql`avg(value)`, filter.operator, sql`${f64(filter.value)}`)
    const scores = scoresOf(scope, sql`name = ${str(filter.key)} AND data_type IN ('NUMERIC', 'BOOLEAN')`)
    return sql`id IN (${scores} GROUP BY trace_id HAVING ${test})`
  },
  scoreCategory: (filter, scope) => {
    if (filter.type !== 'categoryOptions' && filter.type !== 'stringOptions') throw mismatch(filter, 'scoreCategory')
    const ofName = filter.type === 'categoryOptions' ? sql`name = ${str(filter.key)} AND ` : sql``
    const scores = scoresOf(
      scope,
      sql`${ofName}data_type = 'CATEGORICAL' AND ${isAmong(sql`string_value`, filter.value)}`,
    )
    return filter.operator === 'any of' ? sql`id IN (${scores})` : sql`id NOT IN (${scores})`
  },
  scoreBoolean: (filter, scope) => {
    if (filter.type !== 'booleanObject') throw mismatch(filter, 'scoreBoolean')
    const scores = scoresOf(
      scope,
      sql`name = ${str(filter.key)} AND data_type = 'BOOLEAN' AND value = ${f64(filter.value ? 1 : 0)}`,
    )
    return filter.operator === '=' ? sql`id IN (${scores})` : sql`id NOT IN (${scores})`
  },
}

const scoresOf = (scope: FilterScope, condition: Sql): Sql =>
  sql`SELECT trace_id FROM scores FINAL WHERE ${ofProject(scope.projectId)} AND trace_id != '' AND ${condition}`
