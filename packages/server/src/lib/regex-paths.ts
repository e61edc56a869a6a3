/**
 * How many ways a backtracking matcher may try a regular expression on a subject, at worst. Text that
 * users give as a pattern is refused when that is too many, as the JS engine can't be stopped once it runs.
 */
interface Cursor {
  readonly source: string
  readonly longest: number
  at: number
}

/**
 * An upper bound of the paths of `source` (without flags) on subjects of at most `longest` characters;
 * `Infinity` when something with a choice in it is repeated, as in `(a+)+` or `(a|b)*`.
 * @throws SyntaxError when `source` is no regular expression
 */
export function countPaths(source: string, longest: number): number {
  void new RegExp(source)
  const paths = alternatives({ source, longest, at: 0 })
  return isAnchored(source) ? paths : paths * longest
}

/** Without `^` for all alternatives, a matcher starts over at every character. */
function isAnchored(source: string): boolean {
  if (!source.startsWith('^')) return false
  const cursor: Cursor = { source, longest: 1, at: 0 }
  sequence(cursor)
  return cursor.at === source.length
}

/** Paths add up over alternatives, multiply along a sequence, and are raised to a power by repetition. */
function alternatives(cursor: Cursor): number {
  let paths = sequence(cursor)
  while (cursor.source[cursor.at] === '|') {
    cursor.at++
    paths += sequence(cursor)
  }
  return paths
}

function sequence(cursor: Cursor): number {
  let paths = 1
  for (
    let next = cursor.source[cursor.at];
    next !== undefined && next !== '|' && next !== ')';
    next = cursor.source[cursor.at]
  ) {
    const body = atom(cursor)
    paths *= repeated(body, cursor)
  }
  return paths
}

const CLASS = /\[(?:\\.|[^\]\\])*\]/y
const GROUP_HEAD = /\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/y
const QUANTIFIER = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y

function atom(cursor: Cursor): number {
  const next = cursor.source[cursor.at]
  if (next === '(') {
    skip(GROUP_HEAD, cursor)
    const paths = alternatives(cursor)
    cursor.at++
    return paths
  }
  if (next === '[') skip(CLASS, cursor)
  else cursor.at += next === '\\' ? 2 : 1
  return 1
}

function skip(pattern: RegExp, cursor: Cursor): RegExpExecArray | null {
  pattern.lastIndex = cursor.at
  const match = pattern.exec(cursor.source)
  cursor.at += match?.[0].length ?? 0
  return match
}

function repeated(body: number, cursor: Cursor): number {
  const match = skip(QUANTIFIER, cursor)
  if (!match) return body
  const [least, most] = bounds(match, cursor.longest)
  if (match[1] === '?') return body + 1
  return body === 1 ? most - least + 1 : body ** most
}

function bounds([, sign, low, comma, high]: RegExpExecArray, longest: number): [number, number] {
  if (sign) return [sign === '+' ? 1 : 0, longest]
  const least = Number(low)
  if (!comma) return [least, least]
  return [least, high ? Number(high) : Math.max(least, longest)]
}
