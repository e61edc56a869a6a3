/**
 * A column that a view can be filtered by: its names, its type, and the SQL condition that a
 * filter on it stands for. What lies in another table is reached by a semi-join, so that a view's
 * rows are never multiplied.
 */
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import { type ProjectId, spellings } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'
import { all, instant, type Sql, sql } from '#store/sql.ts'
import { SUMS_SLACK_NS } from './clock-slack.ts'
import { holdsForAbsent, overArray, type PlainFilter, testSql, wordsSql } from './filter-condition.ts'
import { type MetadataFilter, metadataSql } from './filter-metadata.ts'
import { ofProject } from './reader.ts'
import type { Partner } from './score-partners.ts'

export type PlainType = 'string' | 'number' | 'datetime' | 'boolean' | 'array'
export type ColumnType = PlainType | 'fullText' | 'metadata' | 'scoreAverage' | 'scoreCategory' | 'scoreBoolean'

export interface FilterScope {
  readonly projectId: ProjectId
  /** Selects the ids of the traces that the other conditions leave, for semi-joins that would read every observation. */
  readonly narrow: Sql | undefined
  /** From when on rows of the view are asked for; `MIN_NANOS` when from ever. */
  readonly since: Nanos
}

export interface Column {
  /** The id first, then aliases. */
  readonly names: readonly string[]
  readonly type: ColumnType
  /** Needs nothing but the view's own table. */
  readonly isOwn: boolean
  /** Takes the operator `matches`. */
  readonly isSearchable: boolean
  /** @throws AppError `bad_request` when the filter's type does not fit the column */
  condition(filter: Filter, scope: FilterScope): Sql
}

/** `'id alias other'` → names. */
const namesOf = (names: string): string[] => names.split(' ')

/** A column of the view's own table. */
export function own(names: string, type: PlainType, expression: Sql): Column {
  return {
    names: namesOf(names),
    type,
    isOwn: true,
    isSearchable: false,
    condition: (filter) => testSql(expression, asPlain(filter, type), emptiness(type, expression)),
  }
}

/** A column of one of our ids, found under either spelling of a UUID. */
export function ownId(names: string, expression: Sql): Column {
  return {
    ...own(names, 'string', expression),
    condition: (filter) => testSql(expression, withSpellings(asPlain(filter, 'string')), sql`${expression} = ''`),
  }
}

/** A long text that `matches` may search: for its words, which have an index. */
export function ownText(names: string, expression: Sql): Column {
  const plain = own(names, 'string', expression)
  const condition: Column['condition'] = (filter, scope) =>
    filter.type === 'string' && filter.operator === 'matches'
      ? wordsSql(expression, filter.value)
      : plain.condition(filter, scope)
  return { ...plain, isSearchable: true, condition }
}

/** The metadata of the view's own table. */
export function ownMetadata(): Column {
  return {
    names: ['metadata'],
    type: 'metadata',
    isOwn: true,
    isSearchable: true,
    condition: (filter) => metadataSql(sql`metadata`, asMetadata(filter)),
  }
}

/** A column of the trace, for a view whose rows name theirs in `trace_id`. */
export function ofTrace(names: string, type: PlainType, expression: Sql): Column {
  return {
    names: namesOf(names),
    type,
    isOwn: false,
    isSearchable: false,
    condition: (filter, scope) => traceCondition(asPlain(filter, type), expression, { type, scope }),
  }
}

/** A column that the row may carry itself (`here`) and otherwise takes from its trace (`there`). */
export function ownOrOfTrace(names: string, type: 'string' | 'array', at: { here: Sql; there: Sql }): Column {
  return {
    names: namesOf(names),
    type,
    isOwn: false,
    isSearchable: false,
    condition: (filter, scope) => {
      const checked = asPlain(filter, type)
      const isEmpty = emptiness(type, at.here)
      const here = testSql(at.here, checked, isEmpty)
      const there = traceCondition(checked, at.there, { type, scope })
      return sql`(NOT (${isEmpty}) AND ${here}) OR ((${isEmpty}) AND ${there})`
    },
  }
}

function traceCondition(filter: PlainFilter, expression: Sql, where: { type: PlainType; scope: FilterScope }): Sql {
  const test = testSql(expression, filter, emptiness(where.type, expression))
  return semiJoin(sql`trace_id`, filter, (wanted) => {
    return sql`SELECT id FROM traces FINAL WHERE ${ofProject(where.scope.projectId)} AND ${wanted(test)}`
  })
}

/** A column of a partner, which a row must have for any condition to hold. */
export function ofPartner(names: string, type: PlainType, at: { expression: Sql; partner: Partner }): Column {
  const { expression, partner } = at
  return {
    names: namesOf(names),
    type,
    isOwn: false,
    isSearchable: false,
    condition: (filter, { projectId }) => {
      const test = testSql(expression, asPlain(filter, type), emptiness(type, expression))
      return sql`${partner.key} IN (SELECT ${partner.id} FROM ${partner.rows(projectId)} AND (${test}))`
    },
  }
}

/** An aggregate over a trace's observations, for the view of traces. */
export function ofObservations(names: string, type: 'string' | 'number', aggregate: Sql): Column {
  return {
    names: namesOf(names),
    type,
    isOwn: false,
    isSearchable: false,
    condition: (filter, scope) => {
      const checked = asPlain(filter, type)
      const test = testSql(aggregate, checked, emptiness(type, aggregate))
      const rows = [ofProject(scope.projectId)]
      if (scope.since > SUMS_SLACK_NS) rows.push(sql`start_time >= ${instant(scope.since - SUMS_SLACK_NS)}`)
      if (scope.narrow) rows.push(sql`trace_id IN (${scope.narrow})`)
      return semiJoin(sql`id`, checked, (wanted) => {
        return sql`SELECT trace_id FROM observations FINAL WHERE ${all(rows)} GROUP BY trace_id HAVING ${wanted(test)}`
      })
    },
  }
}

/** A column that is known but says nothing here: conditions on it are dropped. */
export function ignored(names: string, type: ColumnType): Column {
  return { names: namesOf(names), type, isOwn: true, isSearchable: false, condition: () => all([]) }
}

/**
 * `key IN (rows that fulfil the condition)`; where the condition holds for what has no row at all,
 * `key NOT IN (rows that break it)`.
 */
function semiJoin(key: Sql, filter: PlainFilter, source: (wanted: (test: Sql) => Sql) => Sql): Sql {
  return holdsForAbsent(filter)
    ? sql`${key} NOT IN (${source((test) => sql`NOT ifNull(${test}, 0)`)})`
    : sql`${key} IN (${source((test) => sql`(${test})`)})`
}

function emptiness(type: PlainType, expression: Sql): Sql {
  if (type === 'string') return sql`${expression} = ''`
  if (type === 'array') return sql`empty(${expression})`
  return sql`isNull(${expression})`
}

const EXPECTED: Readonly<
  Record<ColumnType, { readonly name: Filter['type']; readonly also: readonly Filter['type'][] }>
> = {
  string: { name: 'string', also: ['stringOptions', 'null'] },
  number: { name: 'number', also: ['null'] },
  datetime: { name: 'datetime', also: ['null'] },
  boolean: { name: 'boolean', also: ['null'] },
  fullText: { name: 'string', also: [] },
  array: { name: 'arrayOptions', also: ['stringOptions', 'null'] },
  metadata: { name: 'stringObject', also: ['numberObject', 'booleanObject', 'categoryOptions', 'null'] },
  scoreAverage: { name: 'numberObject', also: [] },
  scoreCategory: { name: 'categoryOptions', also: ['stringOptions'] },
  scoreBoolean: { name: 'booleanObject', also: [] },
}

/** The 400 for a filter type that does not fit (public-api contract §1.7). */
export function mismatch(filter: Filter, type: ColumnType): AppError {
  return new AppError(
    'bad_request',
    `Invalid filter type '${filter.type}' for column '${filter.column}'. Expected filter type '${EXPECTED[type].name}'.`,
  )
}

function asPlain(filter: Filter, type: PlainType): PlainFilter {
  const { name, also } = EXPECTED[type]
  if (filter.type !== name && !also.includes(filter.type)) throw mismatch(filter, type)
  switch (filter.type) {
    case 'stringOptions':
      return type === 'array' ? overArray(filter) : filter
    case 'datetime':
    case 'string':
    case 'arrayOptions':
    case 'number':
    case 'boolean':
    case 'null':
      return filter
    default:
      throw mismatch(filter, type)
  }
}

function asMetadata(filter: Filter): MetadataFilter {
  switch (filter.type) {
    case 'stringObject':
    case 'numberObject':
    case 'booleanObject':
    case 'categoryOptions':
    case 'null':
      return filter
    default:
      throw mismatch(filter, 'metadata')
  }
}

function withSpellings(filter: PlainFilter): PlainFilter {
  if (filter.type === 'string' && filter.operator === '=')
    return { type: 'stringOptions', column: filter.column, operator: 'any of', value: spellings(filter.value) }
  return filter.type === 'stringOptions' ? { ...filter, value: filter.value.flatMap(spellings) } : filter
}
