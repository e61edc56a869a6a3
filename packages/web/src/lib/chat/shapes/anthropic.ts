/** Anthropic's Messages: blocks with a `type` such as `tool_use`, a `system` beside the messages. */
import type { MediaKind, Message, Part } from '#lib/chat/chat.ts'
import {
  anyAt,
  contentAt,
  idAt,
  itemsOf,
  media,
  mediaById,
  message,
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

const BLOCKS = setOf('tool_use server_tool_use mcp_tool_use tool_result thinking redacted_thinking')
const CALLS = setOf('tool_use server_tool_use mcp_tool_use')
const MEDIA = setOf('image document')

export const anthropic: Shape = {
  format: 'anthropic',
  claims: (root) =>
    (root.get('stop_reason').peek !== undefined && root.get('content').isList) ||
    root
      .get('tools')
      .items()
      .some((tool) => tool.get('input_schema').isObject) ||
    itemsOf(root).some((slot) => [...slot.get('content').items(), slot].some(isBlock)),
  read: (root) => {
    const items = itemsOf(root)
    const isBare = items.length > 0 && items.every((slot) => !slot.has('role') && slot.has('type'))
    const system = root.isObject ? contentAt(root.get('system'), readBlock) : []
    const messages = isBare
      ? [
          message(
            'assistant',
            items.flatMap((slot) => contentAt(slot, readBlock)),
            root,
          ),
        ]
      : items.map(readMessage)
    return {
      messages: [...(system.length > 0 ? [message('system', system, root.get('system'))] : []), ...messages],
      tools: toolsAt(root.get('tools')),
    }
  },
}

function isBlock(block: Slot): boolean {
  const type = block.get('type')
  if (type.isOneOf(BLOCKS)) return !type.isOneOf(setOf('thinking')) || block.has('thinking')
  return isServerResult(block) || (type.isOneOf(MEDIA) && block.get('source').isObject)
}

/** `web_search_tool_result` and its like. */
const isServerResult = (block: Slot): boolean =>
  (block.get('type').peek?.endsWith('_tool_result') ?? false) && block.has('tool_use_id')

function readMessage(slot: Slot): Message {
  const parts = contentAt(slot.get('content'), readBlock)
  const read = messageAt(slot, parts)
  slot.get('type').skip('message')
  const isResult = read.role === 'user' && parts.length > 0 && parts.every((part) => part.type === 'tool_result')
  return isResult ? { ...read, role: 'tool' } : read
}

function readBlock(block: Slot): Part[] | undefined {
  const type = block.get('type')
  const read = readKnown(block, type)
  if (read) type.take()
  return read
}

function readKnown(block: Slot, type: Slot): Part[] | undefined {
  if (type.peek === 'text') return block.get('text').peek === undefined ? undefined : textAt(block.get('text'))
  if (type.isOneOf(CALLS))
    return [toolCall({ id: idAt(block.get('id')), name: block.get('name').text(), args: block.get('input') })]
  if (type.peek === 'tool_result' || isServerResult(block)) return [readResult(block)]
  if (type.peek === 'thinking') return readThinking(block.get('thinking'), false)
  if (type.peek === 'redacted_thinking') return readThinking(block.get('data'), true)
  return type.isOneOf(MEDIA) ? readMedia(block, type.peek === 'image' ? 'image' : 'file') : undefined
}

function readThinking(slot: Slot, isRedacted: boolean): Part[] | undefined {
  const content = slot.text()
  return content === undefined ? undefined : [thinking(content, isRedacted)]
}

function readResult(block: Slot): Part {
  const content = block.get('content')
  const error = content.get('error_code').peek !== undefined
  const parts = content.isObject ? anyAt(content) : contentAt(content, readBlock)
  return toolResult({
    id: idAt(block.get('tool_use_id')),
    content: parts,
    isError: block.get('is_error').flag() ?? error,
  })
}

function readMedia(block: Slot, type: MediaKind): Part[] | undefined {
  const source = block.get('source')
  const kind = source.get('type')
  const name = block.get('title')
  const id = kind.peek === 'file' ? source.get('file_id').text() : undefined
  if (id !== undefined) {
    kind.take()
    return [mediaById(id, { type, name: name.text() })]
  }
  if (kind.peek === 'content') return contentAt(source.get('content'), readBlock)
  const said = kind.peek === 'text' ? textAt(source.get('data')) : []
  if (said.length > 0) {
    kind.take()
    return said
  }
  const content = source.first('data', 'url').text()
  if (content === undefined) return undefined
  kind.take()
  return [media(content, { type, mime: source.get('media_type').text(), name: name.text() })]
}
