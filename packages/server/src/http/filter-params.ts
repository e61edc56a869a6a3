/**
 * Query parameters as filters: the JSON of `filter`, and the simple parameters as what they stand
 * for (public-api contract §1.6, §1.7).
 */
import { type FilterCondition, FilterConditions } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import { type Nanos, parseIso } from '#domain/time.ts'

/**
 * The conditions of a `filter` parameter; none when it is absent.
 * @throws AppError `bad_request` for what is not JSON, ZodError for JSON of another shape
 */
export function parseFilters(text: string | undefined): Filter[] {
  if (text === undefined) return []
  return toFilters(FilterConditions.parse(parseJsonParam(text)))
}

/** Conditions that a schema has checked. */
export const toFilters = (conditions: FilterConditions): Filter[] => conditions.map(toFilter)

/** The value of a `filter` parameter. @throws AppError `bad_request` for what is not JSON */
export function parseJsonParam(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('bad_request', 'Invalid JSON in filter parameter', { cause })
  }
}

function toFilter(condition: FilterCondition): Filter {
  switch (condition.type) {
    case 'datetime':
      return { ...condition, value: nanosOf(condition.value) }
    case 'null':
      return { type: 'null', column: condition.column, operator: condition.operator }
    case 'positionInTrace':
      return { type: 'positionInTrace', column: condition.column }
    default:
      return condition
  }
}

/** An instant that a schema has checked. */
export function nanosOf(instant: string): Nanos {
  const nanos = parseIso(instant.replace(',', '.'))
  if (nanos === undefined) throw new AppError('bad_request', `"${instant}" is not an ISO 8601 instant with a zone`)
  return nanos
}

/** `column = value`; nothing for an absent value. */
export function equalTo(column: string, value: string | undefined): Filter[] {
  return value === undefined ? [] : [{ type: 'string', column, operator: '=', value }]
}

/** The column is one of the values; nothing for an absent list. */
export function anyOf(column: string, value: readonly string[] | undefined): Filter[] {
  return value === undefined ? [] : [{ type: 'stringOptions', column, operator: 'any of', value }]
}

/** The column holds all of the values; nothing for an absent list. */
export function allOf(column: string, value: readonly string[] | undefined): Filter[] {
  return value === undefined ? [] : [{ type: 'arrayOptions', column, operator: 'all of', value }]
}

/** From the first instant (inclusive) to the second (exclusive), each where it is given. */
export function within(column: string, from: string | undefined, to: string | undefined) {
  const bounds: Extract<Filter, { type: 'datetime' }>[] = []
  if (from !== undefined) bounds.push({ type: 'datetime', column, operator: '>=', value: nanosOf(from) })
  if (to !== undefined) bounds.push({ type: 'datetime', column, operator: '<', value: nanosOf(to) })
  return bounds
}
