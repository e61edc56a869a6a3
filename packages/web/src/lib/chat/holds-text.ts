/** Whether what is folded holds a text that is looked for, without regard to case; nothing holds ''. */
import type { Part } from './chat.ts'
import { foldCase } from './text-matches.ts'

const MARKUP = /[*_`~\\]/g

/** As it stands, or as it reads without marks of Markdown. */
export function holdsText(text: string, wanted: string): boolean {
  if (wanted === '') return false
  const [folded, needle] = [foldCase(text), foldCase(wanted)]
  return folded.includes(needle) || folded.replace(MARKUP, '').includes(needle)
}

/** In any text, key or number within the value. */
export function holdsValue(value: unknown, wanted: string): boolean {
  if (wanted === '') return false
  const left: unknown[] = [value]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one === 'object' && one !== null) left.push(...insideOf(one))
    else if (one !== undefined && holdsText(String(one), wanted)) return true
  }
  return false
}

function* insideOf(value: object): Generator<unknown> {
  if (!Array.isArray(value)) yield* Object.keys(value)
  yield* Object.values(value)
}

/** In what is read of the parts of a message. */
export const holdsParts = (parts: readonly Part[], wanted: string): boolean =>
  wanted !== '' && parts.some((part) => holdsPart(part, wanted))

function holdsPart(part: Part, wanted: string): boolean {
  switch (part.type) {
    case 'text':
    case 'thinking':
      return holdsText(part.text, wanted)
    case 'json':
      return holdsValue(part.value, wanted)
    case 'tool_call':
      return holdsValue([part.name, part.id, part.args], wanted)
    case 'tool_result':
      return holdsValue([part.name, part.id], wanted) || holdsParts(part.content, wanted)
    default:
      return false
  }
}
