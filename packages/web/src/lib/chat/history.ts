/** Histories that repeat: what of a list of messages was said before, and what of it to show first. */
import type { Message } from './chat.ts'
import { printPayload } from './payload.ts'

/** Equal for messages of equal role and content, wherever they were recorded. */
export function messageKey({ role, parts }: Message): string {
  return `${role}\n${printPayload(parts, 0)}`
}

/** How many messages both lists begin with. */
export function sharedPrefix(a: readonly Message[], b: readonly Message[]): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [one, other] = [a[index], b[index]]
    if (!one || !other || messageKey(one) !== messageKey(other)) return index
  }
  return length
}

/** Output without what it repeats of its input, as the states of graphs do: `12 earlier messages`. */
export function cutRepeated(
  input: readonly Message[],
  output: readonly Message[],
): { readonly repeated: number; readonly messages: readonly Message[] } {
  const repeated = output.length > 1 ? sharedPrefix(input, output) : 0
  return { repeated, messages: output.slice(repeated) }
}

export interface FoldedHistory {
  /** Messages to show, and how many are folded before each of them. */
  readonly shown: readonly { readonly index: number; readonly foldedBefore: number }[]
}

const SHORT = 6

/** Of a long history the system's messages, the first of the user and the last two; a short one whole. */
export function foldHistory(messages: readonly Message[]): FoldedHistory {
  const firstUser = messages.findIndex(({ role }) => role === 'user')
  const isKept = (index: number) =>
    messages.length <= SHORT ||
    index === firstUser ||
    index >= messages.length - 2 ||
    messages[index]?.role === 'system'
  const kept = messages.flatMap((_, index) => (isKept(index) ? [index] : []))
  return { shown: kept.map((index, place) => ({ index, foldedBefore: index - (kept[place - 1] ?? -1) - 1 })) }
}
