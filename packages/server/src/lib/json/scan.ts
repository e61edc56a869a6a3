/** Where the parts of JSON text end. All but `checkDepth` trust that the text is valid JSON. */

/** Deeper nesting is refused, so that recursion over parsed values can't exhaust the stack. */
export const MAX_DEPTH = 512

const QUOTE = 34
const BACKSLASH = 92

/** Index after the closing quote of the string whose opening quote stands at `start`; the text's length when unclosed. */
export function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1)
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1)
  return quote === -1 ? text.length : quote + 1
}

function isEscaped(text: string, index: number): boolean {
  let first = index
  while (text.charCodeAt(first - 1) === BACKSLASH) first--
  return (index - first) % 2 === 1
}

/** Index of the first character at or after `start` that is not white space. */
export function skipSpace(text: string, start: number): number {
  let index = start
  while (text.charCodeAt(index) <= 32) index++
  return index
}

const SCALAR = /[^\s,\]}]*/y

/** Index after the number, `true`, `false` or `null` that begins at `start`. */
export function endOfScalar(text: string, start: number): number {
  const scalar = new RegExp(SCALAR)
  scalar.lastIndex = start
  return start + (scalar.exec(text)?.[0].length ?? 0)
}

/** @throws SyntaxError when brackets nest deeper than `MAX_DEPTH` */
export function checkDepth(text: string): void {
  if (text.length <= 2 * MAX_DEPTH) return
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = endOfString(text, index) - 1
    else if (code === 91 || code === 123) {
      if (++depth > MAX_DEPTH) throw new SyntaxError(`JSON nests deeper than ${MAX_DEPTH} levels at position ${index}`)
    } else if (code === 93 || code === 125) depth--
  }
}
