/** Text to terms. Every text has a reading: what is no term becomes a broken one, with the reason. */
import type { Comparison, FieldRef, Query, Term, Test, Token } from './query.ts'

const QUOTED = '"(?:[^"\\\\]|\\\\[^])*"'
const SPACE = /\s*/y
const FIELD = new RegExp(`([A-Za-z_]\\w*)(?:\\.(${QUOTED}|[^\\s:"()&,*]+))?:`, 'y')
const PHRASE = new RegExp(QUOTED, 'y')
const WORD = /\S+/y
const OPERATOR = />=|<=|>|<|=/y
const BARE = /[^\s"(),&]+/y
const VALUE = new RegExp(`${QUOTED}|[^\\s"(),&*]+`, 'y')
const STARS = /\*+/y

/** The terms of a text with their places. */
export function parseTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  const reader = new Reader(text)
  for (reader.read(SPACE); !reader.isAtEnd; reader.read(SPACE)) {
    const from = reader.at
    const term = readTerm(reader)
    tokens.push({ term, from, to: reader.at })
  }
  return tokens
}

export const parseQuery = (text: string): Query => parseTokens(text).map(({ term }) => term)

class Reader {
  at = 0
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** Whether a term may end here. */
  get isAtBreak(): boolean {
    return this.isAtEnd || /\s/.test(this.text.charAt(this.at))
  }

  /** What matches here, moving behind it. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern)
    sticky.lastIndex = this.at
    const found = sticky.exec(this.text)
    if (found) this.at = sticky.lastIndex
    return found ?? undefined
  }

  read(pattern: RegExp): string | undefined {
    return this.match(pattern)?.[0]
  }
}

function readTerm(reader: Reader): Term {
  const from = reader.at
  const isNegated = reader.text.charAt(from) === '-' && !/^-(\s|$)/.test(reader.text.slice(from, from + 2))
  if (isNegated) reader.at++
  if (reader.text.charAt(reader.at) === '"') return readPhrase(reader, { from, isNegated })
  const head = reader.match(FIELD)
  if (!head) return { kind: 'text', isNegated, text: reader.read(WORD) ?? '' }
  const [, name = '', key] = head
  const field: FieldRef = { name, key: key === undefined ? undefined : unquoted(key) }
  const test = readTest(reader)
  if (typeof test === 'string') return broken(reader, from, test)
  if (!reader.isAtBreak)
    return broken(reader, from, 'Something follows the value without a blank: put the value in quotes.')
  return { kind: 'field', isNegated, field, test }
}

function readPhrase(reader: Reader, { from, isNegated }: { from: number; isNegated: boolean }): Term {
  const phrase = reader.read(PHRASE)
  if (phrase === undefined) return unclosed(reader, from, 'The quote is not closed.')
  if (!reader.isAtBreak) return broken(reader, from, 'Something follows the quote without a blank.')
  const text = unquoted(phrase)
  return text === '' ? broken(reader, from, 'There is nothing between the quotes.') : { kind: 'text', isNegated, text }
}

/** The reason as text when there is no test. */
function readTest(reader: Reader): Test | string {
  if (reader.isAtBreak) return 'A value is missing after the colon.'
  const operator = reader.read(OPERATOR)
  if (operator !== undefined) return readOperand(reader, operator)
  if (reader.text.charAt(reader.at) === '(') return readList(reader)
  const leading = reader.read(STARS) !== undefined
  if (leading && reader.isAtBreak) return { kind: 'set' }
  if (reader.text.charAt(reader.at) !== '"') return readBare(reader, leading)
  const value = reader.read(PHRASE)
  if (value === undefined) return UNCLOSED
  const trailing = reader.read(STARS) !== undefined
  return globbed(unquoted(value), { leading, trailing })
}

const UNCLOSED = 'The quote is not closed.'

function readOperand(reader: Reader, operator: string): Test | string {
  if (reader.text.charAt(reader.at) === '"' && !new RegExp(`^${QUOTED}`).test(reader.text.slice(reader.at)))
    return UNCLOSED
  const written = reader.read(PHRASE) ?? reader.read(BARE)
  if (written === undefined) return `A value is missing after ${operator}.`
  const value = unquoted(written)
  return operator === '=' ? { kind: 'exact', value } : { kind: 'compare', operator: comparison(operator), value }
}

function comparison(operator: string): Comparison {
  return (['>', '>=', '<', '<='] as const).find((known) => known === operator) ?? '>'
}

function readBare(reader: Reader, leading: boolean): Test | string {
  const written = reader.read(BARE)
  if (written === undefined) return 'The value cannot be read: put it in quotes.'
  const range = /^(.+?)\.\.(.+)$/.exec(written)
  if (range && !leading && !written.includes('*')) return { kind: 'range', from: range[1] ?? '', to: range[2] ?? '' }
  const value = written.replace(/\*+$/, '')
  if (value.includes('*')) return '* may stand at the ends of a value only; put the value in quotes if it holds one.'
  return globbed(value, { leading, trailing: value !== written })
}

function globbed(value: string, { leading, trailing }: { leading: boolean; trailing: boolean }): Test | string {
  if (value === '') return leading || trailing ? { kind: 'set' } : { kind: 'is', value }
  if (leading) return { kind: trailing ? 'contains' : 'ends', value }
  return { kind: trailing ? 'starts' : 'is', value }
}

function readList(reader: Reader): Test | string {
  reader.at++
  const values: string[] = []
  const separators = new Set<string>()
  for (;;) {
    reader.read(SPACE)
    const value = reader.read(VALUE)
    if (value === undefined) break
    values.push(unquoted(value))
    reader.read(SPACE)
    const separator = reader.read(/[,&]/y)
    if (separator === undefined) break
    separators.add(separator)
  }
  if (reader.read(/\)/y) === undefined)
    return reader.isAtEnd ? OPEN_LIST : 'The list cannot be read: values are separated by , or &, and hold no *.'
  if (values.length === 0) return 'The list is empty.'
  if (separators.size > 1) return 'A list is either of , (any of) or of & (all of).'
  return { kind: separators.has('&') ? 'all' : 'any', values }
}

const OPEN_LIST = 'The list is not closed.'

/** Up to the next blank; to the end when something is still open. */
function broken(reader: Reader, from: number, reason: string): Term {
  if (reason === UNCLOSED || reason === OPEN_LIST) return unclosed(reader, from, reason)
  reader.read(WORD)
  return { kind: 'broken', text: reader.text.slice(from, reader.at), reason }
}

function unclosed(reader: Reader, from: number, reason: string): Term {
  reader.at = reader.text.length
  return { kind: 'broken', text: reader.text.slice(from).trimEnd(), reason }
}

/** The characters that a quoted value stands for; text without quotes stands for itself. */
const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(["\\])/g, '$1') : text)
