/**
 * The three shapes of free-form values: input and output as stored text, the same as shown in a
 * response, and metadata as the text of one object. Nothing here loses number spelling or key order.
 */
import { JsonText } from '#lib/json/json-text.ts'
import { parseJson } from '#lib/json/parse.ts'
import { printJson } from '#lib/json/print.ts'

/**
 * The text to store for an input or output: a string as its characters, any other JSON value as
 * compact JSON text. Undefined for null, undefined and '', which never overwrite
 * (langfuse-ingestion contract §3.2). `0` and `false` are results like any other and are kept.
 */
export function payloadText(value: unknown): string | undefined {
  const text = textOf(value)
  return text === '' ? undefined : text
}

/** What a response shows for a stored input or output: its JSON value where the text is JSON, else the text. */
export function payloadValue(text: string | undefined): JsonText | string | null {
  if (text === undefined) return null
  return isJson(text) ? new JsonText(text) : text
}

/**
 * The JSON text of the object to merge for a sent metadata value: an object is itself; any other
 * truthy value is kept, with its type, under the key `metadata`; null, '', 0 and false say nothing
 * (langfuse-ingestion contract §3.2, public-api contract §3.5).
 */
export function metadataText(value: unknown): string | undefined {
  const text = printJson(value)
  if (SAYS_NOTHING.test(text)) return undefined
  return text.startsWith('{') ? text : `{"metadata":${text}}`
}

/** Zero in every spelling among them. */
const SAYS_NOTHING = /^(?:null|false|""|-?0(?:\.0*)?(?:[eE][+-]?\d+)?)$/

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string') return value
  const text = printJson(value)
  if (text === 'null') return undefined
  return text.startsWith('"') ? String(JSON.parse(text)) : text
}

/** The first characters of JSON; looked at first because most payloads are prose or an object. */
const JSON_START = /^\s*[[{"\-0-9tfn]/

function isJson(text: string): boolean {
  if (!JSON_START.test(text)) return false
  try {
    parseJson(text)
    return true
  } catch {
    return false
  }
}
