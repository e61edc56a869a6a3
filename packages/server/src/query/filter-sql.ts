/**
 * Filters to SQL: each view has a table of columns, each column knows its condition. No text of a
 * caller becomes SQL: columns are looked up, operators are words of ours, values are bound.
 */
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import type { ProjectId } from '#domain/ids.ts'
import { MIN_NANOS, type Nanos } from '#domain/time.ts'
import { all, type Sql, sql } from '#store/sql.ts'
import { EXPERIMENT_COLUMNS, EXPERIMENT_ITEM_COLUMNS } from './columns-experiments.ts'
import { OBSERVATION_COLUMNS, OBSERVATION_METRIC_COLUMNS, OBSERVATION_V2_COLUMNS } from './columns-observations.ts'
import { SCORE_COLUMNS, SCORE_METRIC_COLUMNS } from './columns-scores.ts'
import { TRACE_COLUMNS } from './columns-traces.ts'
import type { Column } from './filter-column.ts'
import { FULL_TEXT } from './full-text.ts'
import { ofProject } from './reader.ts'

export type View =
  | 'traces'
  | 'observations'
  | 'observationsV2'
  | 'observationMetrics'
  | 'scores'
  | 'scoreMetrics'
  | 'experiments'
  | 'experimentItems'

const COLUMNS: Readonly<Record<View, ReadonlyMap<string, Column>>> = {
  traces: byName(TRACE_COLUMNS),
  observations: byName(OBSERVATION_COLUMNS),
  observationsV2: byName(OBSERVATION_V2_COLUMNS),
  observationMetrics: byName(OBSERVATION_METRIC_COLUMNS),
  scores: byName(SCORE_COLUMNS),
  scoreMetrics: byName(SCORE_METRIC_COLUMNS),
  experiments: byName(EXPERIMENT_COLUMNS),
  experimentItems: byName(EXPERIMENT_ITEM_COLUMNS),
}

/** Those in which long texts may be searched. */
const SEARCHABLE: ReadonlySet<View> = new Set<View>(['observationsV2', 'observationMetrics'])

function byName(columns: readonly Column[]): ReadonlyMap<string, Column> {
  const named = new Map<string, Column>()
  for (const column of columns)
    for (const name of column.names) {
      named.set(name, column)
      if (bare(name) !== '' && !named.has(bare(name))) named.set(bare(name), column)
    }
  return named
}

/** Display names differ from ids by case, blanks and units: `User ID`, `Latency (s)`, `Total Cost ($)`. */
function bare(name: string): string {
  return name
    .replace(/\([^)]*\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}

/** The columns of a view by their first names. */
export const columnNames = (view: View): string[] => [
  ...new Set([...COLUMNS[view].values()].flatMap(({ names: [name] }) => name ?? [])),
]

/** The column that a filter names by id or display name; undefined for an unknown one. */
export const findColumn = (view: View, name: string): Pick<Column, 'names' | 'type' | 'isOwn'> | undefined =>
  COLUMNS[view].get(name) ?? COLUMNS[view].get(bare(name))

/** The column that a filter names by id or display name. @throws AppError `bad_request` for an unknown one */
function columnOf(view: View, filter: Filter): Column {
  const column = COLUMNS[view].get(filter.column) ?? COLUMNS[view].get(bare(filter.column))
  if (!column) throw new AppError('bad_request', `Column ${filter.column} does not match a UI / CH table mapping.`)
  return column
}

/**
 * The filters of simple parameters and of `filter` together: a simple one gives way to a filter on
 * the same column (public-api contract §1.7).
 */
export function overriding(view: View, simple: readonly Filter[], given: readonly Filter[]): Filter[] {
  const taken = new Set(
    given.filter((filter) => filter.type !== 'positionInTrace').map((filter) => columnOf(view, filter)),
  )
  return [...simple.filter((filter) => !taken.has(columnOf(view, filter))), ...given]
}

/**
 * The condition that all filters hold, over the table of the view; the project's own condition is
 * not part of it.
 * @throws AppError `bad_request` with the sentences of public-api contract §1.7
 */
export function filterSql(view: View, filters: readonly Filter[], projectId: ProjectId): Sql {
  const heard = filters.filter((filter) => filter.type !== 'positionInTrace')
  for (const filter of heard) if (isMatch(filter) || isNoMatch(filter)) checkSearch(view, filter)
  if (SEARCHABLE.has(view)) checkTextFilters(view, heard)
  const since = sinceOf(view, heard)
  const conditions = (isOwn: boolean, narrow: Sql | undefined) =>
    heard.flatMap((filter) => {
      const column = columnOf(view, filter)
      return column.isOwn === isOwn ? [column.condition(filter, { projectId, narrow, since })] : []
    })
  const own = conditions(true, undefined)
  const narrow =
    view === 'traces' && heard.some((filter) => isSelective(view, filter))
      ? sql`SELECT id FROM traces FINAL WHERE ${ofProject(projectId)} AND ${all(own)}`
      : undefined
  return all([...own, ...conditions(false, narrow)])
}

/** Of the view's own table, and more than a span of time, in which there may be any number of rows. */
const isSelective = (view: View, filter: Filter): boolean => filter.type !== 'datetime' && columnOf(view, filter).isOwn

const TIMES: ReadonlySet<string> = new Set(['timestamp', 'startTime'])

/** The latest of the instants from which on rows are asked for. */
function sinceOf(view: View, filters: readonly Filter[]): Nanos {
  let since = MIN_NANOS
  for (const filter of filters)
    if (filter.type === 'datetime' && filter.operator.startsWith('>') && filter.value > since)
      if (TIMES.has(columnOf(view, filter).names[0] ?? '')) since = filter.value
  return since
}

const isMatch = (filter: Filter): boolean => 'operator' in filter && filter.operator === 'matches'
const isNoMatch = (filter: Filter): boolean => 'operator' in filter && filter.operator === 'does not match'

function checkSearch(view: View, filter: Filter): void {
  const { isSearchable, names } = columnOf(view, filter)
  if (names[0] === FULL_TEXT) return
  if (isNoMatch(filter))
    throw new AppError(
      'bad_request',
      `Operator 'does not match' is of column '${FULL_TEXT}' alone, not of '${filter.column}'; use 'does not contain'.`,
    )
  if (isSearchable && SEARCHABLE.has(view)) return
  throw new AppError(
    'bad_request',
    `Operator 'matches' is not supported for column '${filter.column}' here; use 'contains'.`,
  )
}

/** Input and output are long: a filter on them must hold at least one that an index can serve. */
function checkTextFilters(view: View, filters: readonly Filter[]): void {
  const onText = filters.filter((filter) => ['input', 'output'].includes(columnOf(view, filter).names[0] ?? ''))
  if (onText.length === 0) return
  const wrong = onText.find((filter) => filter.type !== 'string')
  if (wrong)
    throw new AppError(
      'bad_request',
      `Invalid filter type '${wrong.type}' for column '${wrong.column}'. Expected filter type 'string'.`,
    )
  if (onText.some((filter) => isMatch(filter) || ('operator' in filter && filter.operator === '='))) return
  throw new AppError(
    'bad_request',
    `Filters on input and output need at least one '=' or 'matches' filter on input or output beside them.`,
  )
}
