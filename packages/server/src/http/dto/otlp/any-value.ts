import type { JsonText } from '#lib/json/json-text.ts'
import type { JsonTree } from '#lib/json/tree.ts'

/** An attribute in OTLP/JSON. */
export interface KeyValue {
  readonly key: string
  readonly value: object
}

export const textValue = (text: string): object => ({ stringValue: text })

/** `AnyValue` of lossless JSON; null is the empty message, a number beyond a double its text. */
export function anyValue(tree: JsonTree): object {
  if (tree instanceof Map) return { kvlistValue: { values: keyValues(tree) } }
  if (Array.isArray(tree)) return { arrayValue: { values: tree.map(anyValue) } }
  return scalarValue(tree)
}

/** The members of an object as attributes. */
export function keyValues(members: Iterable<readonly [string, JsonTree]>): KeyValue[] {
  return Array.from(members, ([key, value]) => ({ key, value: anyValue(value) }))
}

const INTEGER = /^-?\d+$/

function scalarValue(scalar: JsonText): object {
  const { text } = scalar
  if (text === 'null') return {}
  if (text === 'true' || text === 'false') return { boolValue: text === 'true' }
  if (text.startsWith('"')) return textValue(String(JSON.parse(text)))
  if (INTEGER.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)) return { intValue: text }
  return Number.isFinite(Number(text)) ? { doubleValue: scalar } : textValue(text)
}
