/** Messages of OpenTelemetry's GenAI conventions: `role` and `parts`, each part with a `type`. */
import type { Message, Part } from '#lib/chat/chat.ts'
import {
  anyAt,
  idAt,
  itemsOf,
  kindOfMime,
  media,
  mediaById,
  messageAt,
  type Shape,
  setOf,
  textAt,
  thinking,
  toolCall,
  toolResult,
  toolsAt,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'

const TYPES = setOf('text reasoning thinking tool_call tool_call_response blob uri file')
const CONTENT = ['content', 'arguments', 'response', 'result', 'uri', 'data', 'file_id'] as const
const MESSAGES = ['gen_ai.input.messages', 'gen_ai.output.messages', 'input_messages', 'output_messages'] as const
const INSTRUCTIONS = ['system_instructions', 'gen_ai.system_instructions'] as const

export const otelGenAi: Shape = {
  format: 'otel-genai',
  claims: (root) =>
    [...instructionsOf(root), ...MESSAGES.flatMap((key) => root.get(key).items()), ...itemsOf(root)].some(isMessage),
  read: (root) => {
    const lists = MESSAGES.map((key) => root.get(key)).filter((slot) => slot.isList)
    const items = lists.length > 0 ? lists.flatMap((slot) => slot.items()) : itemsOf(root)
    const system = instructionsOf(root).flatMap((slot) => readParts(slot.get('parts')))
    const instructions = root.first(...INSTRUCTIONS)
    const loose = instructions.isList ? instructions.items().filter((slot) => !slot.has('parts')) : []
    const parts = [...system, ...loose.flatMap(readPart)]
    const head: Message[] =
      parts.length > 0 ? [{ role: 'system', rawRole: 'system', name: undefined, parts, path: instructions.path }] : []
    return {
      messages: [...head, ...items.filter((slot) => slot.has('parts')).map(readMessage)],
      tools: toolsAt(root.first('tools', 'gen_ai.tool.definitions')),
    }
  },
}

const instructionsOf = (root: Slot): Slot[] =>
  root
    .first(...INSTRUCTIONS)
    .items()
    .filter((slot) => slot.has('parts'))

const isMessage = (slot: Slot): boolean =>
  slot.get('role').peek !== undefined &&
  slot
    .get('parts')
    .items()
    .some((part) => part.get('type').isOneOf(TYPES) && part.has(...CONTENT))

const readMessage = (slot: Slot): Message => messageAt(slot, readParts(slot.get('parts')))

const readParts = (parts: Slot): Part[] => parts.items().flatMap(readPart)

function readPart(part: Slot): Part[] {
  if (part.peek !== undefined) return textAt(part)
  const type = part.get('type')
  if (!type.isOneOf(TYPES)) return anyAt(part)
  const read = READERS[type.peek ?? '']?.(part)
  if (!read) return anyAt(part)
  type.take()
  return read
}

const READERS: Readonly<Record<string, (part: Slot) => Part[] | undefined>> = {
  text: (part) => filled(textAt(part.get('content'))),
  reasoning: readThinking,
  thinking: readThinking,
  tool_call: (part) => [
    toolCall({ id: idAt(part.get('id')), name: part.get('name').text(), args: part.get('arguments') }),
  ],
  tool_call_response: (part) => [
    toolResult({
      id: idAt(part.get('id')),
      name: part.get('name').text(),
      content: anyAt(part.first('response', 'result')),
      isError: part.get('is_error').flag(),
    }),
  ],
  blob: (part) => readMedia(part, part.first('content', 'data')),
  uri: (part) => readMedia(part, part.get('uri')),
  file: (part) => {
    const id = part.get('file_id').text()
    if (id === undefined) return readMedia(part, part.first('content', 'data', 'uri'))
    const mime = part.first('mime_type', 'media_type').text()
    return [mediaById(id, { type: kindOfMime(mime), mime })]
  },
}

const filled = (parts: Part[]): Part[] | undefined => (parts.length > 0 ? parts : undefined)

function readThinking(part: Slot): Part[] | undefined {
  const content = part.get('content').text()
  return content === undefined ? undefined : [thinking(content)]
}

function readMedia(part: Slot, at: Slot): Part[] | undefined {
  const content = at.text()
  if (content === undefined) return undefined
  const mime = part.first('mime_type', 'media_type').text()
  const modality = part.get('modality')
  const type = ['image', 'audio', 'video'].includes(modality.peek ?? '') ? kindOfMime(`${modality.text()}/`) : undefined
  return [media(content, { type, mime, name: part.first('name', 'filename').text() })]
}
