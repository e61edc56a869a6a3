import { checkDepth } from './depth.ts'
import { isExactNumber } from './exact-number.ts'
import { JsonText } from './json-text.ts'
import { type JsonTree, parseTree, printTree } from './tree.ts'

const NOTHING: ReadonlySet<string> = new Set()

/**
 * JSON.parse, except that values under the keys named in `raw` arrive as JsonText where JSON.parse
 * would lose something: digits of a number, or the order of integer-like keys. At any depth, but
 * not again inside such a value. Where nothing would be lost they are plain values.
 * @throws SyntaxError as JSON.parse does, and for nesting deeper than 512
 */
export function parseJson(text: string, raw: ReadonlySet<string> = NOTHING): unknown {
  const value: unknown = JSON.parse(text)
  const movedKeys = hasIndexKey(value, 1)
  return raw.size > 0 && (movedKeys || losesDigits(text)) ? toPlain(parseTree(text), raw) : value
}

/** Levels left free around a value that comes from text of its own: what it is built into must be readable again. */
const ROOM = 8

/**
 * JSON.parse, except that text of which JSON.parse would lose something arrives whole as JsonText.
 * @throws SyntaxError as `parseJson`, and already for nesting deeper than 504
 */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text)
  const movedKeys = hasIndexKey(value, 1 + ROOM)
  return movedKeys || losesDigits(text) ? toRaw(parseTree(text)) : value
}

const ARRAY_INDEX = /^(?:0|[1-9]\d{0,9})$/

/** True when some object has a key that JavaScript moves to its front. @throws SyntaxError for nesting too deep */
function hasIndexKey(value: unknown, depth: number): boolean {
  if (!isContainer(value)) return false
  checkDepth(depth)
  let found = false
  if (Array.isArray(value)) {
    for (const item of value) if (hasIndexKey(item, depth + 1)) found = true
    return found
  }
  let isFirst = true
  for (const key in value) {
    if (isFirst && ARRAY_INDEX.test(key)) found = true
    isFirst = false
    if (hasIndexKey(value[key], depth + 1)) found = true
  }
  return found
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** What every risky number contains; one cheap pass settles most texts. */
const RISK = /[\d.]{16}|\d[eE][-+]?\d+\s*(?:[,\]}]|$)/

/** A number of 16 digits or more, or with an exponent, where a value may stand. */
const RISKY_NUMBER = /(?:^|[:,[])\s*(-?\d[\d.]{15,}(?:[eE][+-]?\d+)?|-?\d[\d.]*[eE][+-]?\d+)/g

/** False only when JSON.parse certainly keeps all numbers; may take the contents of strings for numbers. */
function losesDigits(text: string): boolean {
  if (!RISK.test(text)) return false
  for (const match of text.matchAll(RISKY_NUMBER)) if (!isExactNumber(match[1] ?? '')) return true
  return false
}

function isLossy(tree: JsonTree): boolean {
  if (tree instanceof JsonText) return /^[-\d]/.test(tree.text) && !isExactNumber(tree.text)
  if (Array.isArray(tree)) return tree.some(isLossy)
  for (const [key, value] of tree) if (ARRAY_INDEX.test(key) || isLossy(value)) return true
  return false
}

function toPlain(tree: JsonTree, raw: ReadonlySet<string>): unknown {
  if (tree instanceof JsonText) return JSON.parse(tree.text)
  if (Array.isArray(tree)) return tree.map((value) => toPlain(value, raw))
  // fromEntries defines properties, so that a key `__proto__` is a key like any other.
  return Object.fromEntries(
    Array.from(tree, ([key, value]) => [key, raw.has(key) ? toRaw(value) : toPlain(value, raw)] as const),
  )
}

function toRaw(tree: JsonTree): unknown {
  return isLossy(tree) ? new JsonText(printTree(tree)) : toPlain(tree, NOTHING)
}
