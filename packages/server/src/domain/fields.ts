import { parseJson } from '#lib/json/parse.ts'

/** A JSON object of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The parsed JSON, or undefined for what isn't JSON or nests too deep to be walked. */
export function jsonOf(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
