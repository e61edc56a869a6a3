/** Pydantic AI's message history: requests and responses whose parts name their `part_kind`. */
import type { Message, Part, Role } from '#lib/chat/chat.ts'
import {
  anyAt,
  contentAt,
  idAt,
  itemsOf,
  media,
  message,
  type Shape,
  setOf,
  textAt,
  thinking,
  toolCall,
  toolResult,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'

const KINDS = setOf('request response')

export const pydanticAi: Shape = {
  format: 'pydantic-ai',
  claims: (root) => itemsOf(root, 'all_messages', 'message_history').some(isMessage),
  read: (root) => ({
    messages: itemsOf(root, 'all_messages', 'message_history').filter(isMessage).flatMap(readMessage),
  }),
}

const isMessage = (slot: Slot): boolean =>
  slot.get('kind').isOneOf(KINDS) &&
  slot
    .get('parts')
    .items()
    .some((part) => part.get('part_kind').peek !== undefined)

/** One message for each run of parts of one role: a request may hold system, user and tool parts. */
function readMessage(slot: Slot): Message[] {
  const fallback: Role = slot.get('kind').text() === 'request' ? 'user' : 'assistant'
  const messages: { role: Role; parts: Part[] }[] = []
  const instructions = textAt(slot.get('instructions'))
  if (instructions.length > 0) messages.push({ role: 'system', parts: instructions })
  for (const part of slot.get('parts').items()) {
    const role = roleOfPart(part) ?? fallback
    const last = messages.at(-1)
    if (last?.role === role) last.parts.push(...readPart(part))
    else messages.push({ role, parts: readPart(part) })
  }
  return messages.map(({ role, parts }) => message(role, parts, slot))
}

function roleOfPart(part: Slot): Role | undefined {
  const kind = part.get('part_kind').peek
  if (kind === 'system-prompt') return 'system'
  if (kind === 'tool-return' || (kind === 'retry-prompt' && part.has('tool_name'))) return 'tool'
  return kind === 'user-prompt' || kind === 'retry-prompt' ? 'user' : undefined
}

function readPart(part: Slot): Part[] {
  const kind = part.get('part_kind')
  const read = READERS[kind.peek ?? '']?.(part)
  if (!read) return anyAt(part)
  kind.take()
  return read
}

const call = (part: Slot) => [
  toolCall({ id: idAt(part.get('tool_call_id')), name: part.get('tool_name').text(), args: part.get('args') }),
]

const result = (isError: boolean) => (part: Slot) => [
  toolResult({
    id: idAt(part.get('tool_call_id')),
    name: part.get('tool_name').text(),
    content: anyAt(part.get('content')),
    isError,
  }),
]

const READERS: Readonly<Record<string, (part: Slot) => Part[]>> = {
  'system-prompt': (part) => anyAt(part.get('content')),
  'user-prompt': (part) => contentAt(part.get('content'), readContent),
  text: (part) => anyAt(part.get('content')),
  thinking: (part) => {
    const content = part.get('content').text()
    return content === undefined ? anyAt(part.get('content')) : [thinking(content, content === '')]
  },
  'tool-call': call,
  'builtin-tool-call': call,
  'tool-return': result(false),
  'builtin-tool-return': result(false),
  'retry-prompt': (part) => (part.has('tool_name') ? result(true)(part) : anyAt(part.get('content'))),
}

function readContent(block: Slot): Part[] | undefined {
  const kind = block.get('kind')
  const isBinary = kind.peek === 'binary'
  if (!isBinary && !kind.peek?.endsWith('-url')) return undefined
  const content = block.get(isBinary ? 'data' : 'url').text()
  if (content === undefined) return undefined
  const type = { 'image-url': 'image', 'audio-url': 'audio', 'video-url': 'video' } as const
  const named = kind.text()
  const mime = block.get('media_type').text()
  return [
    media(content, {
      type: named === 'image-url' || named === 'audio-url' || named === 'video-url' ? type[named] : undefined,
      mime,
    }),
  ]
}
