import type { Table } from '#lib/filter/fields.ts'
import { targetOf } from '#lib/filter/paste.ts'
import { printField, printTerm } from '#lib/filter/print.ts'
import { type FieldRef, fieldTerm, type Query } from '#lib/filter/query.ts'
import { type Caret, headOf, suggestFields, suggestKeys, suggestOperators } from '#lib/filter/suggest.ts'

/** One line of the list under the bar. */
export interface Suggestion {
  readonly label: string
  /** What it means, or how many rows have it. */
  readonly about?: string | undefined
  readonly count?: number | undefined
  /** Put in place of `from` to `to`; the caret goes to `caretAt` within it, or behind it. */
  readonly insert: string
  readonly caretAt?: number | undefined
  readonly from: number
  readonly to: number
  /** Leads there instead. */
  readonly opens?: TracePlace
}

/** A trace, or one of its observations. */
export interface TracePlace {
  readonly traceId: string
  readonly node: string | undefined
}

export interface CountedValue {
  readonly value: string
  readonly count: number
}

/** What a pasted address or id leads to. */
export function suggestionsOfPasted(text: string): readonly Suggestion[] {
  const target = targetOf(text)
  const place = { from: 0, to: text.length }
  if (target?.kind === 'trace') return [{ label: `Open trace ${target.traceId}`, insert: '', opens: target, ...place }]
  if (target?.kind === 'id')
    return [{ label: `id:${target.id}`, about: 'the row of this id', insert: `id:${target.id}`, ...place }]
  return []
}

const MOST_FIELDS = 12
const MOST_VALUES = 12

/** What can be said at the caret: fields, then ways to test one, then its values with counts. */
export function suggestionsAt(caret: Caret, table: Table, values: readonly CountedValue[]): readonly Suggestion[] {
  switch (caret.kind) {
    case 'field':
      return suggestFields(caret.typed, { table })
        .slice(0, MOST_FIELDS)
        .map(({ name, about }) => {
          const head = headOf({ name, key: undefined })
          return { label: head, about, insert: head, from: caret.from, to: caret.to }
        })
    case 'key':
      return keysOf(caret, values)
    case 'value':
      return [...operatorsOf(caret), ...(caret.isOperand ? [] : valuesOf(caret, values))]
  }
}

function keysOf(
  { field, typed, from, to }: Extract<Caret, { kind: 'key' }>,
  values: readonly CountedValue[],
): Suggestion[] {
  const known = field === 'metadata' ? suggestKeys(typed) : []
  const counts = new Map(values.map(({ value, count }) => [value, count]))
  const names = [...new Set([...counts.keys(), ...known.filter((key) => counts.has(key) || counts.size === 0)])]
  return names.slice(0, MOST_VALUES).map((key) => ({
    label: key,
    count: counts.get(key),
    insert: `${printField({ name: field, key }).slice(field.length + 1)}:`,
    from,
    to,
  }))
}

/** The place of the operand in an operator's text. */
const OPERAND = /…/g

function operatorsOf({ field, typed, isOperand, from, to }: Extract<Caret, { kind: 'value' }>): Suggestion[] {
  if (typed !== '' || isOperand) return []
  return suggestOperators(field).flatMap(({ text, about }) => {
    const insert = text.replaceAll(OPERAND, '')
    if (insert === '' || insert === '..') return []
    const operand = text.indexOf('…')
    return [{ label: text, about, insert, from, to, ...(operand >= 0 && { caretAt: operand }) }]
  })
}

/** A value as the language writes it behind the colon. */
function written(field: FieldRef, value: string): string {
  const term = printTerm(fieldTerm(field, { kind: 'is', value }))
  return term.slice(printField(field).length + 1)
}

function valuesOf({ field, from, to }: Extract<Caret, { kind: 'value' }>, values: readonly CountedValue[]) {
  return values.slice(0, MOST_VALUES).map(
    ({ value, count }): Suggestion => ({
      label: value === '' ? '""' : value,
      count,
      insert: written(field, value),
      from,
      to,
    }),
  )
}

/** Terms under which the values of the caret's field are counted. */
export const othersOf = (caret: Caret): Query => (caret.kind === 'value' ? caret.others : [])

/** Name and key whose values are wanted at the caret; undefined where none are listed. */
export function wantedField(caret: Caret): FieldRef | undefined {
  if (caret.kind === 'value') return caret.field
  return caret.kind === 'key' ? { name: caret.field, key: undefined } : undefined
}
