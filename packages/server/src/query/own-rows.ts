/** What can be told of a filter before it becomes SQL: whose rows it looks at, and when. */
import type { Filter } from '#domain/filter.ts'
import { overlap, type TimeSpan } from '#store/day-spans.ts'
import type { DatedTable } from '#store/written-days.ts'
import { findColumn } from './filter-sql.ts'

const TIMES: Readonly<Record<DatedTable, string>> = {
  traces: 'timestamp',
  observations: 'startTime',
  scores: 'timestamp',
}

/** Whether no filter looks at another table than the view's own; false for a column that is not known. */
export const looksAtOwnRows = (view: DatedTable, filters: readonly Filter[]): boolean =>
  filters.every((filter) => filter.type !== 'positionInTrace' && findColumn(view, filter.column)?.isOwn === true)

/** The span of the view's own time that the filters leave, and the filters that say something else. */
export function withinSpan(
  view: DatedTable,
  filters: readonly Filter[],
): { readonly span: TimeSpan; readonly rest: readonly Filter[] } {
  let span: TimeSpan = { from: undefined, to: undefined }
  const rest: Filter[] = []
  for (const filter of filters) {
    const isOnTime = filter.type === 'datetime' && findColumn(view, filter.column)?.names[0] === TIMES[view]
    if (isOnTime) span = narrowed(span, filter)
    else rest.push(filter)
  }
  return { span, rest }
}

function narrowed(span: TimeSpan, { operator, value }: Extract<Filter, { type: 'datetime' }>): TimeSpan {
  const bound = operator === '>' || operator === '<=' ? value + 1n : value
  const isLower = operator === '>' || operator === '>='
  return overlap(span, { from: isLower ? bound : undefined, to: isLower ? undefined : bound })
}
