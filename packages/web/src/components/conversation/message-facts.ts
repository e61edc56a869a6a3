/** What is told of messages without showing them. */
import type { Message, Part } from '#lib/chat/chat.ts'
import { printPayload } from '#lib/chat/payload.ts'

const LINE_CHARS = 160

/** The beginning of a message on one line. */
export function firstLine({ parts }: Message): string {
  const text = parts.map(partText).find((line) => line !== '') ?? ''
  return text.length > LINE_CHARS ? `${text.slice(0, LINE_CHARS)}…` : text
}

function partText(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'thinking':
      return part.text.trim().split('\n', 1)[0] ?? ''
    case 'tool_call':
      return `${part.name} ${printPayload(part.args, 0).slice(0, LINE_CHARS)}`
    case 'tool_result':
      return part.content.map(partText).join(' ')
    case 'json':
      return printPayload(part.value, 0).slice(0, LINE_CHARS)
    default:
      return part.name ?? part.type
  }
}

/** Names of the calls in these messages, by id. */
export function callNamesOf(messages: readonly Message[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { parts } of messages)
    for (const part of parts) if (part.type === 'tool_call' && part.id) names.set(part.id, part.name)
  return names
}

/** Ids of calls with a result, and of those in the last message, which can not have one yet. */
export function answeredCalls(messages: readonly Message[]): ReadonlySet<string> {
  const answered = new Set<string>()
  const last = messages.at(-1)
  for (const message of messages) {
    for (const part of message.parts) {
      const isAnswer = part.type === 'tool_result' || (part.type === 'tool_call' && message === last)
      if (isAnswer && part.id) answered.add(part.id)
    }
  }
  return answered
}

/** How many messages at the beginning of `later` repeat `earlier`. */
export function sharedPrefix(earlier: readonly Message[], later: readonly Message[]): number {
  const keys = [earlier, later].map((messages) => messages.map(messageKey))
  const [a = [], b = []] = keys
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

/** Two messages with the same key say the same. */
export const messageKey = ({ role, name, parts }: Message): string => printPayload([role, name ?? null, parts], 0)

export interface FoldedHistory {
  readonly head: readonly Message[]
  readonly folded: readonly Message[]
  readonly tail: readonly Message[]
}

const LONG = 8
const TAIL = 2

/** Of a long history the messages up to the first of the user, and the last two; the rest is folded. */
export function foldHistory(messages: readonly Message[]): FoldedHistory {
  const firstUser = messages.findIndex(({ role }) => role === 'user') + 1
  const headEnd = firstUser === 0 ? 1 : firstUser
  if (messages.length <= LONG || headEnd + TAIL >= messages.length) return { head: messages, folded: [], tail: [] }
  return { head: messages.slice(0, headEnd), folded: messages.slice(headEnd, -TAIL), tail: messages.slice(-TAIL) }
}
