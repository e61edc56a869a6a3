import { JsonText } from './json-text.ts'

/**
 * JSON.stringify with every JsonText inside spliced in verbatim. The text is built beside the
 * values, with no placeholder that a user's text could imitate. `undefined` prints as null.
 */
export function printJson(value: unknown): string {
  return (holdsText(value) ? print(value) : JSON.stringify(value)) ?? 'null'
}

function holdsText(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof JsonText) return true
  return Array.isArray(value) ? value.some(holdsText) : Object.values(value).some(holdsText)
}

function print(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (value instanceof JsonText) return value.text
  if (Array.isArray(value)) return `[${value.map((item) => print(item) ?? 'null').join(',')}]`
  if ('toJSON' in value && typeof value.toJSON === 'function') return print(value.toJSON())
  const members: string[] = []
  for (const [key, member] of Object.entries(value)) {
    const text = print(member)
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`)
  }
  return `{${members.join(',')}}`
}
