/** Reading attributes: the first of several keys, and the turns between a value, its text and its JSON. */
import { JsonText } from '#lib/json/json-text.ts'
import { parseJson } from '#lib/json/parse.ts'
import { printJson } from '#lib/json/print.ts'
import { parseTree, printTree } from '#lib/json/tree.ts'
import type { Attributes, Value, ValueMap } from './otlp-request.ts'

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

/** As `parsedValue`, with JsonText for objects and arrays, numbers of JavaScript where they are exact. Undefined for what is not JSON. */
export function exactJson(text: string): Value | undefined {
  try {
    const parsed = parseJson(text)
    if (typeof parsed === 'string' || typeof parsed === 'boolean' || parsed === null) return parsed
    const printed = JSON.stringify(parsed)
    if (typeof parsed === 'number' && printed === text) return parsed
    return new JsonText(printed === text ? text : printTree(parseTree(text)))
  } catch {
    return undefined
  }
}

/** The members of an object, each in a form that prints without loss; undefined for anything but an object. */
export function membersOf(value: Value): Iterable<readonly [string, unknown]> | undefined {
  if (value instanceof JsonText) {
    const tree = value.text.startsWith('{') ? parseTree(value.text) : undefined
    return tree instanceof Map ? Array.from(tree, ([key, member]) => [key, new JsonText(printTree(member))]) : undefined
  }
  return isValueMap(value) ? Object.entries(value) : undefined
}

/** JSON text of an object with these members. */
export function printMembers(members: Iterable<readonly [string, unknown]>): string {
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

function isValueMap(value: Value): value is ValueMap {
  return isFields(value) && !(value instanceof JsonText)
}
