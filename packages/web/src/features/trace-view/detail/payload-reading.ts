/** How one payload can be read: as what it is, as JSON, as the text that it is. */
import type { PayloadWindowDto } from '@xtrace/contract'
import { unquoted } from '#components/conversation/unquoted.ts'
import type { ChatHints } from '#lib/chat/chat.ts'
import { parseStructure } from '#lib/chat/payload.ts'
import { type Presentation, present } from '#lib/chat/present.ts'

export type Reading = 'chat' | 'json' | 'text'

export interface ReadPayload {
  readonly text: string
  readonly presentation: Presentation
  /** More of it is on the server: it is read by windows. */
  readonly isPart: boolean
  /** The first is the best. */
  readonly readings: readonly Reading[]
}

export function readPayload({ text, totalChars }: PayloadWindowDto, hints: ChatHints): ReadPayload {
  const isPart = text.length < totalChars && [...text].length < totalChars
  const presentation: Presentation = isPart ? { kind: 'nothing' } : present(unquoted(text), hints)
  return { text, presentation, isPart, readings: readingsOf(presentation) }
}

function readingsOf({ kind }: Presentation): readonly Reading[] {
  switch (kind) {
    case 'nothing':
      return []
    case 'json':
      return ['json', 'text']
    case 'text':
    case 'base64':
      return ['chat', 'text']
    default:
      return ['chat', 'json', 'text']
  }
}

/** What the button of a reading says. */
export function readingLabel(reading: Reading, { kind }: Presentation): string {
  if (reading === 'json') return 'JSON'
  if (reading === 'text') return kind === 'text' || kind === 'base64' ? 'As sent' : 'Text'
  return (
    { chat: 'Chat', documents: 'Documents', embeddings: 'Vectors', text: 'Text', base64: 'Media' }[String(kind)] ??
    'Read'
  )
}

/** The wanted reading when there is one, else the best. */
export const chosenReading = ({ readings }: ReadPayload, wanted: Reading): Reading =>
  readings.includes(wanted) ? wanted : (readings[0] ?? 'text')

/** The JSON of a payload, numbers as they were sent; also of JSON that was sent as text. */
export function jsonOf(text: string): unknown {
  const value = parseStructure(text)
  return typeof value === 'string' ? (parseStructure(value) ?? value) : value
}
