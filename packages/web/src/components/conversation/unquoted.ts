import { parsePayload } from '#lib/chat/payload.ts'

/** The characters of a payload that is nothing but a JSON string; '' for null; others as they are. */
export function unquoted(text: string): string {
  if (text === 'null') return ''
  const value = text.startsWith('"') ? parsePayload(text) : undefined
  return typeof value === 'string' ? value : text
}
