/** How one payload can be read: as a conversation, as JSON, as the text that it is. */
import type { PayloadWindowDto } from '@xtrace/contract'
import type { Chat, ChatHints } from '#lib/chat/chat.ts'
import { parsePayload, parseStructure } from '#lib/chat/payload.ts'
import { recogniseChat } from '#lib/chat/recognise.ts'

export type Reading = 'chat' | 'json' | 'text'

export interface ReadPayload {
  readonly text: string
  readonly chat: Chat | undefined
  /** Undefined when the text is no JSON, or only a part of it is here. */
  readonly value: unknown
  /** The text of a payload that is a JSON string, or no JSON at all. */
  readonly plain: string | undefined
  readonly isPart: boolean
  readonly readings: readonly Reading[]
}

/** Text beyond this is not searched for a conversation in one go. */
const MOST_CHARS = 4_000_000

export function readPayload({ text, totalChars }: PayloadWindowDto, hints: ChatHints): ReadPayload {
  const isPart = text.length < totalChars && [...text].length < totalChars
  const value = isPart || text.length > MOST_CHARS ? undefined : parsePayload(text)
  const inner = typeof value === 'string' ? (parseStructure(value) ?? value) : value
  const chat = inner === undefined || typeof inner === 'string' ? undefined : recogniseChat(inner, hints)
  const plain = typeof inner === 'string' ? inner : value === undefined ? text : undefined
  const isStructure = typeof inner === 'object' && inner !== null
  const readings: Reading[] = [...(chat ? ['chat' as const] : []), ...(isStructure ? ['json' as const] : []), 'text']
  return { text, chat, value: inner, plain, isPart, readings }
}

/** The wanted reading when there is one, else the first that there is. */
export const chosenReading = ({ readings }: ReadPayload, wanted: Reading): Reading =>
  readings.includes(wanted) ? wanted : (readings[0] ?? 'text')
