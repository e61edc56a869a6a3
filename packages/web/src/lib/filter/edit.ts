/** Edits that facets, cells and charts make: they change the query, never its text. */
import { isSameField } from './fields.ts'
import { type FieldRef, type FieldTerm, fieldTerm, type Query, type Term, type Test } from './query.ts'

/** The values that a positive or negative term lists; undefined for terms of another kind. */
function valuesOf(test: Test): readonly string[] | undefined {
  if (test.kind === 'is' || test.kind === 'exact') return [test.value]
  return test.kind === 'any' ? test.values : undefined
}

const listing = (field: FieldRef, values: readonly string[], isNegated: boolean): FieldTerm[] => {
  const [only, ...others] = values
  if (only === undefined) return []
  return [fieldTerm(field, others.length === 0 ? { kind: 'is', value: only } : { kind: 'any', values }, isNegated)]
}

const isOn = (term: Term, field: FieldRef): term is FieldTerm => term.kind === 'field' && isSameField(term.field, field)

/** Whether a value is asked for, left out, or neither. */
export function stateOf(query: Query, field: FieldRef, value: string): 'included' | 'excluded' | undefined {
  const found = query.find((term) => isOn(term, field) && valuesOf(term.test)?.includes(value))
  return found?.kind === 'field' ? (found.isNegated ? 'excluded' : 'included') : undefined
}

/** The value is asked for: joins the field's list of values, if there is one; a term that leaves it out lets go of it. */
export const include = (query: Query, field: FieldRef, value: string): Query =>
  put(query, { field, value, isNegated: false })

/** The value is left out. */
export const exclude = (query: Query, field: FieldRef, value: string): Query =>
  put(query, { field, value, isNegated: true })

function put(query: Query, { field, value, isNegated }: { field: FieldRef; value: string; isNegated: boolean }): Query {
  if (stateOf(query, field, value) === (isNegated ? 'excluded' : 'included')) return query
  const freed = release(query, field, value)
  const place = freed.findIndex(
    (term) => isOn(term, field) && term.isNegated === isNegated && valuesOf(term.test) !== undefined,
  )
  const known = freed[place]
  const values = known?.kind === 'field' ? (valuesOf(known.test) ?? []) : []
  const terms = listing(known?.kind === 'field' ? known.field : field, [...values, value], isNegated)
  return place < 0 ? [...freed, ...terms] : freed.toSpliced(place, 1, ...terms)
}

/** No term lists the value any more. */
export function release(query: Query, field: FieldRef, value: string): Query {
  return query.flatMap((term) => {
    const values = isOn(term, field) ? valuesOf(term.test) : undefined
    if (term.kind !== 'field' || !values?.includes(value)) return [term]
    return listing(
      term.field,
      values.filter((other) => other !== value),
      term.isNegated,
    )
  })
}

/** Asked for when it was not, else neither asked for nor left out. */
export const toggle = (query: Query, field: FieldRef, value: string): Query =>
  stateOf(query, field, value) === undefined ? include(query, field, value) : release(query, field, value)

/** All positive terms on a field give way to one test; without a test they are gone. */
export function replace(query: Query, field: FieldRef, test: Test | undefined): Query {
  const place = query.findIndex((term) => isOn(term, field) && !term.isNegated)
  const rest = query.filter((term) => !isOn(term, field) || term.isNegated)
  if (!test) return rest
  const at = place < 0 ? rest.length : query.slice(0, place).filter((term) => rest.includes(term)).length
  return rest.toSpliced(at, 0, fieldTerm(field, test))
}

/** Without the term at a place. */
export const removeAt = (query: Query, index: number): Query => query.filter((_, place) => place !== index)
