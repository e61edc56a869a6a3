const FOLD_LINES = 40
const FOLD_CHARS = 4096

/** The beginning of a long text and how many lines it has; undefined when it is short enough. */
export function foldedText(text: string): { readonly head: string; readonly lines: number } | undefined {
  const lines = text.split('\n')
  if (text.length <= FOLD_CHARS && lines.length <= FOLD_LINES) return undefined
  return { head: lines.slice(0, FOLD_LINES).join('\n').slice(0, FOLD_CHARS), lines: lines.length }
}
