/** Reading attributes: the first of several keys, and the turns between a value, its text and its JSON. */
import { JsonText } from '#lib/json/json-text.ts'
import { parseExact, parseJson } from '#lib/json/parse.ts'
import { printJson } from '#lib/json/print.ts'
import { parseTree, printTree } from '#lib/json/tree.ts'
import type { Attributes, Value } from './otlp-request.ts'

export type Fields = Readonly<Record<string, unknown>>

/** The first value that JavaScript calls truthy: null, '', 0 and false are passed over. */
export function firstTruthy(attributes: Attributes, keys: readonly string[]): Value | undefined {
  for (const key of keys) {
    const value = attributes.get(key)
    if (value) return value
  }
  return undefined
}

/** The first value that is present and not null. */
export function firstPresent(attributes: Attributes, keys: readonly string[]): Value | undefined {
  for (const key of keys) {
    const value = attributes.get(key)
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** As `firstTruthy`, as text. */
export function firstText(attributes: Attributes, keys: readonly string[]): string | undefined {
  const value = firstTruthy(attributes, keys)
  return value === undefined ? undefined : textOf(value)
}

/** Text as it is, anything else as JSON text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : printJson(value)
}

/** Text only: undefined for a value of another type, and for ''. */
export function plainText(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function isTrue(value: Value | undefined): boolean {
  return value === true || value === 'true'
}

/** The value as JavaScript sees it: text is parsed as JSON; undefined for text that is not JSON. */
export function parsedValue(value: Value | undefined): unknown {
  if (value instanceof JsonText) return value.toJSON()
  if (typeof value !== 'string') return value
  try {
    return parseJson(value)
  } catch {
    return undefined
  }
}

/** As `parsedValue`; undefined for anything but an object. */
export function parsedFields(value: Value | undefined): Fields | undefined {
  const parsed = parsedValue(value)
  return isFields(parsed) ? parsed : undefined
}

/** The JSON value of text, objects and arrays and numbers of unusual spelling as JsonText. Undefined for what is not JSON. */
export function exactJson(text: string): Value | undefined {
  const value = parsedExact(text)
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || value === undefined) return value
  if (value instanceof JsonText) return value
  const printed = JSON.stringify(value)
  if (typeof value !== 'number') return new JsonText(printed)
  return printed === text ? value : new JsonText(text.trim())
}

export type Members = Iterable<readonly [key: string, value: unknown]>

/** The members of an object or of JSON text of one, in forms that print without loss; undefined for anything else. */
export function membersOf(value: Value | undefined): Members | undefined {
  if (value instanceof JsonText) return membersOf(value.text)
  if (typeof value !== 'string') return isFields(value) ? Object.entries(value) : undefined
  const object = parsedExact(value)
  if (!(object instanceof JsonText)) return isFields(object) ? Object.entries(object) : undefined
  const tree = parseTree(object.text)
  return tree instanceof Map ? Array.from(tree, ([key, member]) => [key, new JsonText(printTree(member))]) : undefined
}

function parsedExact(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}

/** JSON text of an object with these members. */
export function printMembers(members: Members): string {
  const parts: string[] = []
  for (const [key, value] of members) parts.push(`${JSON.stringify(key)}:${printJson(value)}`)
  return `{${parts.join(',')}}`
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
