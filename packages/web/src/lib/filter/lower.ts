/**
 * A query to the conditions of the public API. What these cannot say stays in the query and is marked
 * with the reason; nothing is dropped in silence.
 */
import type { FilterCondition } from '@xtrace/contract'
import { FULL_TEXT, findField, type Table } from './fields.ts'
import { lowerKeyed } from './lower-keyed.ts'
import { lowerPlain } from './lower-plain.ts'
import type { FieldTerm, Query, Term } from './query.ts'
import { conditions, invalid, type Mark, type ScoreType, type Verdict } from './verdict.ts'

export interface LowerOptions {
  readonly table: Table
  /** The data type of a score by its name, when the project's configs tell. */
  readonly scoreType?: (name: string) => ScoreType | undefined
}

export interface Lowered {
  readonly filters: readonly FilterCondition[]
  /** Terms that are not in `filters`, by index. */
  readonly marks: readonly Mark[]
}

export function lowerQuery(query: Query, options: LowerOptions): Lowered {
  const verdicts = query.map((term) => lowerTerm(term, options))
  const filters = verdicts.flatMap((verdict) => ('filters' in verdict ? verdict.filters : []))
  const needsMatch = options.table === 'observations' && !filters.some(isServedByIndex)
  const marks = verdicts.flatMap((verdict, index): Mark[] => {
    if (!('filters' in verdict)) return [{ index, ...verdict }]
    return needsMatch && verdict.filters.some(isOnPayload) ? [{ index, kind: 'unsupported', reason: NEEDS_MATCH }] : []
  })
  const kept = verdicts.filter((_, index) => !marks.some((mark) => mark.index === index))
  return { filters: kept.flatMap((verdict) => ('filters' in verdict ? verdict.filters : [])), marks }
}

const NEEDS_MATCH = 'Input and output are long: add input:… or output:… with a text that is to be found.'

const isOnPayload = (filter: FilterCondition): boolean => filter.column === 'input' || filter.column === 'output'
const isServedByIndex = (filter: FilterCondition): boolean =>
  isOnPayload(filter) && filter.type === 'string' && (filter.operator === '=' || filter.operator === 'matches')

function lowerTerm(term: Term, options: LowerOptions): Verdict {
  if (term.kind === 'broken') return invalid(term.reason)
  if (term.kind === 'field') return lowerField(term, options)
  const operator = term.isNegated ? 'does not match' : 'matches'
  return conditions({ type: 'string', column: FULL_TEXT, operator, value: term.text })
}

function lowerField(term: FieldTerm, options: LowerOptions): Verdict {
  const { name, key } = term.field
  const field = findField(name)
  if (!field) return invalid(`There is no field ${name}. For text with a colon use quotes.`)
  const column = field.columns[options.table]
  if (column === undefined) return { kind: 'elsewhere', reason: `Only ${otherOf(options.table)} have ${field.name}.` }
  const isKeyed = field.type.is === 'metadata' || field.type.is === 'score'
  if (isKeyed && key === undefined) return invalid(`Say which: ${field.name}.name:…`)
  if (!isKeyed && key !== undefined) return invalid(`${field.name} has no parts: leave out .${key}`)
  return isKeyed
    ? lowerKeyed(term, { column, key: key ?? '', scoreType: options.scoreType })
    : lowerPlain(term, { column, type: field.type, name: field.name })
}

const otherOf = (table: Table): Table => (table === 'traces' ? 'observations' : 'traces')
