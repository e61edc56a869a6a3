/** What a row of a JSON value shows of it, which can come from another thread. */
import { mediaOfText } from '#lib/chat/media-in-json.ts'
import { isList, isObject, printPayload, scalarText } from '#lib/chat/payload.ts'
import type { JsonPath, JsonRow } from './json-rows.ts'

export interface JsonShown {
  readonly kind: 'list' | 'object' | 'text' | 'number' | 'boolean' | 'null'
  /** The characters of a scalar, of a long text its beginning. */
  readonly text: string
  /** Characters that the text has in all. */
  readonly chars: number
}

/** A row without the value that it stands for. */
export interface ShownRow extends Omit<JsonRow, 'value'> {
  readonly shown: JsonShown
}

/** At most `mostChars` of a text; media come whole, since a part of them shows nothing. */
export function shownRow({ value, ...row }: JsonRow, mostChars = Number.POSITIVE_INFINITY): ShownRow {
  const text = scalarText(value) ?? ''
  const head = text.length > mostChars && !mediaOfText(text) ? text.slice(0, mostChars) : text
  return { ...row, shown: { kind: kindOf(value), text: head, chars: text.length } }
}

function kindOf(value: unknown): JsonShown['kind'] {
  if (isList(value)) return 'list'
  if (isObject(value)) return 'object'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  return scalarText(value) === undefined ? 'null' : 'number'
}

/** What stands at a path; undefined when nothing does. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let at = value
  for (const part of path) {
    if (isList(at) && typeof part === 'number') at = at[part]
    else if (isObject(at) && Object.hasOwn(at, part)) at = at[part]
    else return undefined
  }
  return at
}

/** A value as it is copied: a text without quotes, all else as JSON. */
export const copiedText = (value: unknown): string => scalarText(value) ?? printPayload(value)
