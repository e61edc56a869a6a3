/** Links from before the text language carry the public filter array as JSON: read into terms. */
import { FilterCondition } from '@xtrace/contract'
import { z } from 'zod'
import { FULL_TEXT, findField } from './fields.ts'
import { type Comparison, type FieldRef, fieldTerm, type Query, type Term, type Test } from './query.ts'

/** The terms of the text of such a link. What is no condition becomes a term on a field that there is not, so that the bar marks it. */
export function queryOfOldFilter(text: string): Query {
  const parts = Parts.safeParse(text)
  return parts.success ? parts.data.flatMap(termsOfPart) : [unread(text)]
}

const Parts = z.preprocess((text) => {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}, z.array(z.unknown()))

function termsOfPart(part: unknown): Term[] {
  const condition = FilterCondition.safeParse(part)
  return condition.success ? termsOf(condition.data) : [unread(JSON.stringify(part))]
}

const unread = (text: string): Term => fieldTerm('filter', { kind: 'is', value: text })

/** The terms of conditions that were parsed by the contract's schema. What has no words becomes a broken term that says so. */
export const queryOfFilters = (filters: readonly FilterCondition[]): Query => filters.flatMap(termsOf)

function termsOf(filter: FilterCondition): Term[] {
  if (filter.column === FULL_TEXT && filter.type === 'string')
    return [{ kind: 'text', isNegated: filter.operator === 'does not match', text: filter.value }]
  const field: FieldRef = {
    name: findField(filter.column)?.name ?? filter.column,
    key: 'key' in filter ? filter.key : undefined,
  }
  switch (filter.type) {
    case 'string':
    case 'stringObject':
      return [texts(field, filter.operator, filter.value)]
    case 'stringOptions':
    case 'categoryOptions':
    case 'arrayOptions':
      return lists(field, filter)
    case 'number':
    case 'numberObject':
      return [numbers(field, filter.operator, String(filter.value))]
    case 'datetime':
      return [numbers(field, filter.operator, String(filter.value))]
    case 'boolean':
    case 'booleanObject':
      return [fieldTerm(field, { kind: 'is', value: String(filter.value) }, filter.operator === '<>')]
    case 'null':
      return [fieldTerm(field, { kind: 'set' }, filter.operator === 'is null')]
    case 'positionInTrace':
      return []
  }
}

type TextOperator = Extract<FilterCondition, { type: 'string' | 'stringObject' }>['operator']

function texts(field: FieldRef, operator: TextOperator, value: string): Term {
  switch (operator) {
    case 'is set':
    case 'is not set':
      return fieldTerm(field, { kind: 'set' }, operator === 'is not set')
    case '=':
      return fieldTerm(field, { kind: 'exact', value })
    case 'matches':
    case 'does not match':
      return fieldTerm(field, { kind: 'is', value }, operator === 'does not match')
    case 'contains':
    case 'does not contain':
      return fieldTerm(field, part('contains', value), operator === 'does not contain')
    case 'starts with':
      return fieldTerm(field, part('starts', value))
    case 'ends with':
      return fieldTerm(field, part('ends', value))
  }
}

/** Everything contains an empty text. */
const part = (kind: 'contains' | 'starts' | 'ends', value: string): Test =>
  value === '' ? { kind: 'set' } : { kind, value }

function lists(
  field: FieldRef,
  filter: Extract<FilterCondition, { type: 'stringOptions' | 'categoryOptions' | 'arrayOptions' }>,
): Term[] {
  const [first, ...more] = filter.value
  if (first === undefined) return []
  if (more.length === 0) return [fieldTerm(field, { kind: 'is', value: first }, filter.operator === 'none of')]
  const kind = filter.operator === 'all of' ? 'all' : 'any'
  return [fieldTerm(field, { kind, values: filter.value }, filter.operator === 'none of')]
}

const numbers = (field: FieldRef, operator: Comparison | '=', value: string): Term =>
  fieldTerm(field, operator === '=' ? { kind: 'is', value } : { kind: 'compare', operator, value })
