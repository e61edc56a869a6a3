/** Whether a text is meant to be read as Markdown. */
const BLOCKS: readonly RegExp[] = [
  /^#{1,6} \S/m,
  /^ {0,3}(?:```|~~~)/m,
  /^ {0,3}> \S/m,
  /^ {0,3}\|?.+\|.+\n {0,3}\|? *:?-{2,}:? *\|/m,
  /^ {0,3}(?:---|\*\*\*|___) *$/m,
]
/** Two of them make a list. */
const LIST_LINE = /^ {0,3}(?:[-*+]|\d{1,3}[.)]) \S/gm
const INLINE: readonly RegExp[] = [
  /\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*/,
  /(?<!!)\[[^\]\n]+\]\(https?:\/\/[^)\s]+\)/,
  /`[^`\n]+`/,
]

/** Lines that begin with a time, a level in capitals, or the frame of a stack trace. */
const LOG_LINE =
  /^(?:\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}|\[?\d{2}:\d{2}:\d{2}|\[?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|TRACE)\b|\s+at \S+|\s+File ".+", line \d+|Traceback )/
const CODE_LINE =
  /^\s*(?:(?:import|from|export|const|let|var|def|class|function|return|if|for|while|public|private|package|using|SELECT|INSERT|UPDATE|CREATE)\b.*[;:{(=]|[{}()\]];?,?\s*$|<\/?[a-z][^>]*>\s*$|#!\/|#include\b|\/\/|@\w+\()/

const SAMPLE_CHARS = 8192
const MOST_CODE = 0.4

/** Markdown when there are block marks, or marks within several paragraphs, and it is no log, code or JSON. */
export function textKindOf(text: string): 'markdown' | 'plain' {
  const sample = text.slice(0, SAMPLE_CHARS)
  if (/^\s*[[{<]/.test(sample) && !/^\s*\[[^\]\n]+\]\(/.test(sample)) return 'plain'
  const outside = sample.replace(/^ {0,3}(```|~~~)[\s\S]*?(?:^ {0,3}\1|(?![\s\S]))/gm, '')
  if (shareOf(outside, LOG_LINE) > MOST_CODE) return 'plain'
  if (outside.length < sample.length) return 'markdown'
  if (shareOf(sample, CODE_LINE) > MOST_CODE) return 'plain'
  const isMarked =
    [...BLOCKS, ...INLINE].some((mark) => mark.test(sample)) || (sample.match(LIST_LINE)?.length ?? 0) > 1
  return isMarked ? 'markdown' : 'plain'
}

/** Of the lines that are not empty. */
function shareOf(text: string, pattern: RegExp): number {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.length === 0 ? 0 : lines.filter((line) => pattern.test(line)).length / lines.length
}
