import { isExactNumber } from './exact-number.ts'
import { JsonText } from './json-text.ts'
import { checkDepth } from './scan.ts'
import { type JsonTree, parseTree, printTree } from './tree.ts'

const NOTHING: ReadonlySet<string> = new Set()

/**
 * JSON.parse, except that values under the keys named in `raw` arrive as JsonText where JSON.parse
 * would lose something: digits of a number, or the order of integer-like keys. At any depth, but
 * not again inside such a value. Where nothing would be lost they are plain values.
 * @throws SyntaxError as JSON.parse does, and for nesting deeper than 512
 */
export function parseJson(text: string, raw: ReadonlySet<string> = NOTHING): unknown {
  checkDepth(text)
  return raw.size > 0 && maybeLossy(text) ? toPlain(parseTree(text), raw) : JSON.parse(text)
}

/** A number of 16 digits or more, or with an exponent, where a value may stand. */
const RISKY_NUMBER = /(?:^|[:,[])\s*(-?\d[\d.]{15,}(?:[eE][+-]?\d+)?|-?\d[\d.]*[eE][+-]?\d+)/g

/** A key that an object would move to its front: an array index, its digits perhaps escaped. */
const INTEGER_KEY = /"(?:\d|\\u003\d){1,10}"\s*:/

/** False only when JSON.parse certainly loses nothing; may take the contents of strings for numbers or keys. */
function maybeLossy(text: string): boolean {
  if (INTEGER_KEY.test(text)) return true
  for (const match of text.matchAll(RISKY_NUMBER)) if (!isExactNumber(match[1] ?? '')) return true
  return false
}

const ARRAY_INDEX = /^(?:0|[1-9]\d{0,9})$/

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
