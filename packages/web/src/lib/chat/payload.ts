/** Payload text to values, with numbers as they were sent: an id of 2^53 and more or `1.10` stays itself. */
import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json'

export type JsonObject = Readonly<Record<string, unknown>>

const exact = (digits: string): number | LosslessNumber => {
  const value = Number(digits)
  return String(value) === digits ? value : new LosslessNumber(digits)
}

/**
 * The value of JSON text; undefined when it is none. A number that would print otherwise than it was
 * sent is a LosslessNumber. Of a key that comes twice the later value counts.
 */
export function parsePayload(text: string): unknown {
  try {
    return parse(text, null, { parseNumber: exact, onDuplicateKey: ({ newValue }) => newValue })
  } catch {
    // Not JSON, or nested deeper than the parser can follow: shown as text.
    return undefined
  }
}

/** The value of text that is a JSON object or array, or a JSON string of one; undefined for all other. */
export function parseStructure(text: string): unknown {
  return /^\s*"?\s*[[{]/.test(text) ? parsePayload(text) : undefined
}

/** JSON text with numbers as they were sent; `indent` blanks a level, on one line when 0. */
export const printPayload = (value: unknown, indent = 2): string => stringify(value, null, indent) ?? ''

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** What holds no information: absent, null, '' and empty containers. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

/** The characters of a scalar; undefined for containers and null. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return isLosslessNumber(value) ? value.toString() : undefined
}

/** Whether containers stand within containers more than `levels` times. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let layer: readonly unknown[] = [value]
  for (let depth = 0; layer.length > 0; depth++) {
    if (depth > levels) return true
    layer = layer.flatMap((item) => (isList(item) ? item : isObject(item) ? Object.values(item) : []))
  }
  return false
}
