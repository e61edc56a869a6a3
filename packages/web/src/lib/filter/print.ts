import type { FieldRef, Query, Term, Test } from './query.ts'

/** The text of a query; reading it gives the query again. */
export const printQuery = (query: Query): string => query.map(printTerm).join(' ')

export function printTerm(term: Term): string {
  switch (term.kind) {
    case 'broken':
      return term.text
    case 'text':
      return `${term.isNegated ? '-' : ''}${PLAIN_WORD.test(term.text) ? term.text : quoted(term.text)}`
    case 'field':
      return `${term.isNegated ? '-' : ''}${printField(term.field)}:${printTest(term.test)}`
  }
}

/** `metadata.tier`, `score."Tone of voice"`. */
export const printField = ({ name, key }: FieldRef): string =>
  key === undefined ? name : `${name}.${PLAIN_KEY.test(key) ? key : quoted(key)}`

const PLAIN_WORD = /^[^\s"():-][^\s":]*$/
const PLAIN_KEY = /^[^\s:"()&,*]+$/

/** No characters of the language, nothing that would read as an operator or a range. */
const isPlain = (value: string): boolean => /^[^\s"(),&*=<>][^\s"(),&*]*$/.test(value) && !value.includes('..')

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`
const printValue = (value: string): string => (isPlain(value) ? value : quoted(value))

function printTest(test: Test): string {
  switch (test.kind) {
    case 'is':
      return printValue(test.value)
    case 'exact':
      return `=${printValue(test.value)}`
    case 'any':
      return `(${test.values.map(printValue).join(', ')})`
    case 'all':
      return `(${test.values.map(printValue).join(' & ')})`
    case 'compare':
      return test.operator + printValue(test.value)
    case 'range':
      return `${test.from}..${test.to}`
    case 'contains':
      return `*${printValue(test.value)}*`
    case 'starts':
      return `${printValue(test.value)}*`
    case 'ends':
      return `*${printValue(test.value)}`
    case 'set':
      return '*'
  }
}
