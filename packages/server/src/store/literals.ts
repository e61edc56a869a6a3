/**
 * The one encoder that turns a bound value into ClickHouse SQL text. Everything that a caller sent
 * and that reaches chDB passes through here, so it is strict: a value that its type can't hold is
 * refused, and text keeps no character that could end its quotes.
 */
import { AppError } from '#domain/errors.ts'
import { textFromNanos } from './instants.ts'
import type { Bound, SqlType } from './sql.ts'

/** What DateTime64(9) can hold; a bound of a search beyond it means the same as its end. */
const FIRST_INSTANT = BigInt(Date.UTC(1900, 0, 1)) * 1_000_000n
const LAST_INSTANT = BigInt(Date.UTC(2262, 3, 11)) * 1_000_000n

type Value = Bound['value']

/** What the client prints into a query parameter: it quotes the texts of an array, so numbers stay numbers. */
export type Parameter = string | readonly string[] | readonly number[]

interface Encoder {
  readonly literal: (value: Value) => string
  readonly parameter: (value: Value) => Parameter
}

/**
 * A bound value as a ClickHouse expression of exactly its type, the way a server substitutes a
 * query parameter: a string literal for text, `_CAST(…, 'Type')` for the rest.
 * @throws AppError `bad_request` for a value outside its type's range, or a number that is not finite.
 */
export function literal({ type, value }: Bound): string {
  return ENCODERS[type].literal(value)
}

/** A bound value as the text of a query parameter; arrays stay arrays. @throws AppError `bad_request` as `literal` does. */
export function parameter({ type, value }: Bound): Parameter {
  return ENCODERS[type].parameter(value)
}

/** Text that UTF-8 can carry: a lone half of a surrogate pair becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\u{fffd}')
}

const ENCODERS: Readonly<Record<SqlType, Encoder>> = {
  String: { literal: quote, parameter: text },
  Bool: scalar('Bool', (value) => (value === true ? 'true' : 'false')),
  Float64: scalar('Float64', finite),
  Int64: scalar('Int64', integerWithin(-(2n ** 63n), 2n ** 63n - 1n)),
  UInt64: scalar('UInt64', integerWithin(0n, 2n ** 64n - 1n)),
  UInt32: scalar('UInt32', integerWithin(0n, 2n ** 32n - 1n)),
  "DateTime64(9, 'UTC')": {
    literal: (value) => cast(quote(instantText(value)), "DateTime64(9, 'UTC')"),
    parameter: instantText,
  },
  'Array(String)': {
    literal: (value) => {
      const array = `[${elements(value).map(quote).join(',')}]`
      // A cast would hide the constants from the parser, which reads a plain array as one node.
      return array === '[]' ? cast(array, 'Array(String)') : array
    },
    parameter: (value) => elements(value).map(text),
  },
  'Array(Float64)': {
    literal: (value) => cast(`[${elements(value).map(finite).join(',')}]`, 'Array(Float64)'),
    parameter: (value) => elements(value).map((element) => Number(finite(element))),
  },
}

function scalar(type: SqlType, print: (value: Value) => string): Encoder {
  return { literal: (value) => cast(print(value), type), parameter: print }
}

function cast(expression: string, type: SqlType): string {
  return `_CAST(${expression}, ${quote(type)})`
}

function elements(value: Value): readonly (string | number)[] {
  return typeof value === 'object' ? value : []
}

function text(value: Value): string {
  return wellFormed(String(value))
}

function quote(value: Value): string {
  return `'${text(value).replace(/[\p{Cc}'\\]/gu, escapeCharacter)}'`
}

function escapeCharacter(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`
  const code = character.charCodeAt(0)
  // \x is one byte; a control character past ASCII is two of UTF-8 and harmless as it stands.
  return code > 0x7f ? character : `\\x${code.toString(16).padStart(2, '0')}`
}

function finite(value: Value): string {
  const number = Number(value)
  if (!Number.isFinite(number)) throw new AppError('bad_request', `The number ${number} can't be used in a query`)
  return Object.is(number, -0) ? '-0.0' : String(number)
}

function integerWithin(min: bigint, max: bigint): (value: Value) => string {
  return (value) => {
    const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value)
    if (!isWhole) throw new AppError('bad_request', `${String(value)} is not a whole number`)
    const integer = BigInt(String(value))
    if (integer < min || integer > max) {
      throw new AppError('bad_request', `The number ${integer} is not within ${min} to ${max}`)
    }
    return String(integer)
  }
}

function instantText(value: Value): string {
  const ns = BigInt(String(value))
  if (ns < FIRST_INSTANT) return textFromNanos(FIRST_INSTANT)
  return textFromNanos(ns > LAST_INSTANT ? LAST_INSTANT : ns)
}
