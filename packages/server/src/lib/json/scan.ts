/** Where the parts of JSON text end. All of this trusts that the text is valid JSON. */
const QUOTE = 34
const BACKSLASH = 92

/** Index after the closing quote of the string whose opening quote stands at `start`; the text's length when unclosed. */
export function endOfString(text: string, start: number): number {
  const quote = text.indexOf('"', start + 1)
  if (quote === -1) return text.length
  return text.charCodeAt(quote - 1) === BACKSLASH ? endOfEscapedString(text, start + 1) : quote + 1
}

/** Character by character: on text full of escaped quotes this is several times faster than one search for each. */
function endOfEscapedString(text: string, start: number): number {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) return index + 1
    if (code === BACKSLASH) index++
  }
  return text.length
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
