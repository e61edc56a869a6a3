/** How one payload can be read: as what it is, as JSON, as the text that it is. */
import type { PayloadWindowDto } from '@xtrace/contract'
import { unquoted } from '#components/conversation/unquoted.ts'
import type { ChatHints } from '#lib/chat/chat.ts'
import { countPoints } from '#lib/chat/code-points.ts'
import { parseStructure } from '#lib/chat/payload.ts'
import { type Presentation, present } from '#lib/chat/present.ts'

export type Reading = 'chat' | 'json' | 'text'

/**
 * How much of a payload is looked at: all of it here, as a tree that a thread of its own reads, or windows of what
 * the server holds.
 */
export type Extent = 'whole' | 'tree' | 'windows'

/** What is more is never read as a whole. */
export const MOST_TREE_BYTES = 4 * 1024 * 1024

export function extentOf({ text, totalChars, totalBytes }: PayloadWindowDto): Extent {
  if (text.length >= totalChars && countPoints(text) >= totalChars) return 'whole'
  return totalBytes <= MOST_TREE_BYTES && STRUCTURE.test(text) ? 'tree' : 'windows'
}

const STRUCTURE = /^\s*"?\s*[[{]/

export interface ReadPayload {
  readonly text: string
  readonly presentation: Presentation
  readonly extent: Extent
  /** The first is the best. */
  readonly readings: readonly Reading[]
}

export function readPayload(window: PayloadWindowDto, hints: ChatHints): ReadPayload {
  const { text } = window
  const extent = extentOf(window)
  const presentation: Presentation = extent === 'whole' ? present(unquoted(text), hints) : { kind: 'nothing' }
  return { text, presentation, extent, readings: readingsOf(presentation) }
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
