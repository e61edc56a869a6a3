import type { Filter } from '#domain/filter.ts'
import type { ProjectId } from '#domain/ids.ts'
import { f64, type Sql, sql, str } from '#store/sql.ts'
import { type Column, type ColumnType, mismatch } from './filter-column.ts'
import { compare } from './filter-condition.ts'
import { isAmong, ofProject } from './reader.ts'

type ScoreColumnType = Extract<ColumnType, `score${string}`>

/** What the scores in question were given to: a trace, those of its observations included, or one observation. */
export type Scored = 'trace' | 'observation'

/**
 * Columns that look at the scores of the view's rows; the filter's key is the name of the score
 * (public-api contract §1.8). "Any" conditions need such a score; "none of" and "<>" hold for rows
 * without one as well.
 */
export function ofScores(names: string, type: ScoreColumnType, scored: Scored): Column {
  return {
    names: names.split('|'),
    type,
    isOwn: false,
    isSearchable: false,
    condition: (filter, { projectId }) => conditions[type](filter, { projectId, key: KEYS[scored] }),
  }
}

interface Scores {
  readonly projectId: ProjectId
  /** The column that names what a score was given to. */
  readonly key: Sql
}

const KEYS: Readonly<Record<Scored, Sql>> = { trace: sql`trace_id`, observation: sql`observation_id` }

const conditions: Readonly<Record<ScoreColumnType, (filter: Filter, of: Scores) => Sql>> = {
  scoreAverage: (filter, of) => {
    if (filter.type !== 'numberObject') throw mismatch(filter, 'scoreAverage')
    const test = compare(sql`avg(value)`, filter.operator, sql`${f64(filter.value)}`)
    const scores = scoresOf(of, sql`name = ${str(filter.key)} AND data_type IN ('NUMERIC', 'BOOLEAN')`)
    return sql`id IN (${scores} GROUP BY ${of.key} HAVING ${test})`
  },
  scoreCategory: (filter, of) => {
    if (filter.type !== 'categoryOptions' && filter.type !== 'stringOptions') throw mismatch(filter, 'scoreCategory')
    const ofName = filter.type === 'categoryOptions' ? sql`name = ${str(filter.key)} AND ` : sql``
    const scores = scoresOf(of, sql`${ofName}data_type = 'CATEGORICAL' AND ${isAmong(sql`string_value`, filter.value)}`)
    return filter.operator === 'any of' ? sql`id IN (${scores})` : sql`id NOT IN (${scores})`
  },
  scoreBoolean: (filter, of) => {
    if (filter.type !== 'booleanObject') throw mismatch(filter, 'scoreBoolean')
    const scores = scoresOf(
      of,
      sql`name = ${str(filter.key)} AND data_type = 'BOOLEAN' AND value = ${f64(filter.value ? 1 : 0)}`,
    )
    return filter.operator === '=' ? sql`id IN (${scores})` : sql`id NOT IN (${scores})`
  },
}

const scoresOf = ({ projectId, key }: Scores, condition: Sql): Sql =>
  sql`SELECT ${key} FROM scores FINAL WHERE ${ofProject(projectId)} AND ${key} != '' AND ${condition}`
