/** How a text is meant to be read. */
export type TextKind = 'markdown' | 'plain'

const BLOCK_MARKS = [
  /^#{1,6} \S/m,
  /^```/m,
  /^\s*[-*+] \S.*\n\s*[-*+] \S/m,
  /^\s*1[.)] \S.*\n(?:.*\n)*?\s*2[.)] \S/m,
  /^\|.+\|\s*\n\|[\s:|-]+\|/m,
  /^> \S/m,
  /\*\*\S[^*\n]*\*\*/,
  /\[[^\]\n]+\]\(https?:[^)\s]+\)/,
]
/** Lines that begin with an instant or a level. */
const LOG_LINE = /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:|\[?\d\d:\d\d:\d\d|(?:DEBUG|INFO|WARN|WARNING|ERROR|TRACE)\b)/
const CODE_LINE =
  /^\s*(?:import |from \w+ import|def |class |function |const |let |var |#include|public |SELECT |<\w+[ >])|[;{]\s*$/
const MOST_LINES = 400

/** Markdown when it has block marks and is neither a log nor code; otherwise it is shown as it stands. */
export function textKind(text: string): TextKind {
  if (!BLOCK_MARKS.some((mark) => mark.test(text))) return 'plain'
  const lines = text.split('\n', MOST_LINES).filter((line) => line.trim() !== '')
  const isFenced = /^```/m.test(text)
  const share = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length / Math.max(1, lines.length)
  return share(LOG_LINE) > 0.5 || (!isFenced && share(CODE_LINE) > 0.5) ? 'plain' : 'markdown'
}

const FOLD_LINES = 40
const FOLD_CHARS = 4096

/** The beginning of a long text, and how much of it is left out; undefined when it is short enough. */
export function foldedText(text: string): { readonly head: string; readonly lines: number } | undefined {
  const isLong = text.length > FOLD_CHARS
  const lines = text.split('\n')
  if (!isLong && lines.length <= FOLD_LINES) return undefined
  const head = lines.slice(0, FOLD_LINES).join('\n').slice(0, FOLD_CHARS)
  return { head, lines: lines.length }
}
