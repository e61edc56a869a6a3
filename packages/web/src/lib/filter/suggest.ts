/** What is being typed at the caret, so that the right things can be offered: fields, operators, values, keys. */
import { AGENT_KEYS, canonical, FIELDS, type Field, findField, type Table } from './fields.ts'
import { parseQuery, parseTokens } from './parse.ts'
import { printField, printQuery } from './print.ts'
import type { FieldRef, Query } from './query.ts'

/** `from` to `to` is what a chosen suggestion replaces. */
export type Caret =
  /** At a blank or within a word: fields may begin here. */
  | { readonly kind: 'field'; readonly typed: string; readonly from: number; readonly to: number }
  /** After `metadata.` or `score.`. */
  | { readonly kind: 'key'; readonly field: string; readonly typed: string; readonly from: number; readonly to: number }
  /** After the colon. `others` are the other terms, under which values are to be counted. */
  | {
      readonly kind: 'value'
      readonly field: FieldRef
      readonly typed: string
      readonly isOperand: boolean
      readonly from: number
      readonly to: number
      readonly others: Query
    }

const HEAD = /^(-?)([A-Za-z_]\w*)?(?:\.("(?:[^"\\]|\\.)*"?|[^\s:"]*))?(:)?/

export function caretAt(text: string, caret: number): Caret {
  const token = parseTokens(text).find(({ from, to }) => from < caret && caret <= to)
  const from = token?.from ?? caret
  const [head = '', minus = '', name = '', key, colon] = HEAD.exec(text.slice(from, caret)) ?? []
  const start = from + minus.length
  if (colon) {
    const field = { name, key: key === undefined ? undefined : unquoted(key) }
    const others = without(text.slice(0, from), text.slice(token?.to ?? caret))
    return {
      kind: 'value',
      field,
      others,
      ...valueAt(text, { start: from + head.length, caret, end: token?.to ?? caret }),
    }
  }
  if (key !== undefined)
    return { kind: 'key', field: name, typed: unquoted(key), from: start + name.length + 1, to: token?.to ?? caret }
  return { kind: 'field', typed: text.slice(start, caret), from: start, to: token?.to ?? caret }
}

const without = (before: string, after: string): Query => [...parseQuery(before), ...parseQuery(after)]

/** The part of a list, or the operand of an operator, that the caret is in. */
function valueAt(text: string, { start, caret, end }: { start: number; caret: number; end: number }) {
  const typed = text.slice(start, caret)
  const isList = typed.startsWith('(')
  const operator = /^(?:>=|<=|[>=<])/.exec(typed)?.[0] ?? ''
  const skipped = isList ? (/^.*[(,&]\s*/s.exec(typed)?.[0].length ?? 0) : operator.length
  const to = isList ? caret + (/^[^,&)\s]*/.exec(text.slice(caret, end))?.[0].length ?? 0) : end
  return {
    typed: unquoted(typed.slice(skipped)),
    isOperand: operator !== '' && operator !== '=',
    from: start + skipped,
    to,
  }
}

const unquoted = (text: string): string => text.replace(/^"|"$/g, '').replace(/\\(["\\])/g, '$1')

/** Fields of the table that begin with or hold what was typed; `recent` names come first, then the most used. */
export function suggestFields(
  typed: string,
  { table, recent = [] }: { table: Table; recent?: readonly string[] },
): readonly Field[] {
  const wanted = typed.toLowerCase()
  const rank = (field: Field): number => {
    const place = recent.indexOf(field.name)
    return (field.name.startsWith(wanted) ? 0 : 1000) + (place >= 0 ? place : 100 + FIELDS.indexOf(field))
  }
  return FIELDS.filter(
    (field) =>
      field.columns[table] !== undefined && (field.name.includes(wanted) || field.about.toLowerCase().includes(wanted)),
  ).toSorted((a, b) => rank(a) - rank(b))
}

export interface OperatorSuggestion {
  readonly text: string
  readonly about: string
}

const OPERATORS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  text: [
    ['…', 'is'],
    ['(…, …)', 'is any of'],
    ['*…*', 'contains'],
    ['…*', 'starts with'],
    ['*', 'is set'],
  ],
  payload: [
    ['…', 'contains the text'],
    ['=…', 'is exactly'],
    ['*', 'is set'],
  ],
  number: [
    ['>', 'more than'],
    ['>=', 'at least'],
    ['<', 'less than'],
    ['<=', 'at most'],
    ['…..…', 'between'],
    ['*', 'is known'],
  ],
  boolean: [
    ['true', 'yes'],
    ['false', 'no'],
  ],
  list: [
    ['…', 'has'],
    ['(… & …)', 'has all of'],
    ['(…, …)', 'has any of'],
    ['*', 'has any'],
  ],
  metadata: [
    ['…', 'is'],
    ['>', 'more than'],
    ['*…*', 'contains'],
    ['*', 'is set'],
  ],
  score: [
    ['>', 'more than'],
    ['…', 'is'],
    ['(…, …)', 'is any of'],
  ],
}

/** The ways to test a field, in the order of use. */
export const suggestOperators = (field: FieldRef): readonly OperatorSuggestion[] => {
  const type = findField(field.name)?.type.is ?? 'text'
  return (OPERATORS[type === 'time' ? 'number' : type] ?? []).map(([text, about]) => ({ text, about }))
}

/** Keys of metadata that are worth offering before the server has answered. */
export const suggestKeys = (typed: string): readonly string[] =>
  AGENT_KEYS.filter((key) => key.startsWith(typed.toLowerCase()))

/** What to ask the server for the values of a field; undefined where values are not listed. */
export function suggestionField(field: FieldRef, table: Table): string | undefined {
  const known = findField(field.name)
  const column = known?.columns[table]
  if (!known || column === undefined) return undefined
  if (known.type.is === 'metadata') return field.key === undefined ? 'metadata' : `metadata.${field.key}`
  if (known.type.is === 'score') return field.key === undefined ? 'scores' : undefined
  return known.type.is === 'text' || known.type.is === 'list' ? column : undefined
}

/** The text with a suggestion put in, and where the caret goes. */
export function accept(
  text: string,
  place: { from: number; to: number },
  chosen: string,
): { text: string; caret: number } {
  const head = text.slice(0, place.from) + chosen
  return { text: head + text.slice(place.to), caret: head.length }
}

/** The head of a term, as it is put in when a field is chosen: `level:`, `metadata.` */
export const headOf = (field: FieldRef): string => {
  const known = findField(field.name)
  const isOpen = (known?.type.is === 'metadata' || known?.type.is === 'score') && field.key === undefined
  return printField(canonical(field)) + (isOpen ? '.' : ':')
}

/** The text in its plainest form: one blank between terms, quotes only where needed. */
export const tidy = (text: string): string => printQuery(parseQuery(text))
