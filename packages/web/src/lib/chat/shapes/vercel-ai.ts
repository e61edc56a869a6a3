/** The Vercel AI SDK: model messages with `tool-call` blocks, messages of its UI with `parts`, bare tool calls. */
import type { Message, Part } from '#lib/chat/chat.ts'
import {
  anyAt,
  contentAt,
  idAt,
  itemsOf,
  kindOfMime,
  media,
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

const BLOCKS = setOf('tool-call tool-result tool-error reasoning')
const UI_PARTS = setOf('dynamic-tool step-start tool-invocation reasoning')

export const vercelAi: Shape = {
  format: 'vercel-ai',
  claims: (root) => isBareCalls(root) || itemsOf(root).some(isMessage),
  read: (root) => {
    if (isBareCalls(root))
      return {
        messages: [
          message(
            'assistant',
            root.items().flatMap((slot) => contentAt(slot, readCall)),
            root,
          ),
        ],
      }
    const system = root.isObject ? textAt(root.get('system')) : []
    return {
      messages: [
        ...(system.length > 0 ? [message('system', system, root.get('system'))] : []),
        ...itemsOf(root).map(readMessage),
      ],
      tools: toolsAt(root.get('tools')),
    }
  },
}

const isBareCalls = (root: Slot): boolean => {
  const items = root.items()
  return items.length > 0 && items.every((slot) => slot.has('toolCallId') && slot.has('toolName'))
}

const isMessage = (slot: Slot): boolean =>
  slot.get('role').peek !== undefined &&
  (slot.get('content').items().some(isBlock) ||
    slot.get('parts').items().some(isUiPart) ||
    slot.get('toolInvocations').isList)

const isBlock = (block: Slot): boolean =>
  block.get('type').isOneOf(BLOCKS) ||
  (block.get('type').peek === 'file' && block.has('mediaType', 'mimeType')) ||
  block.has('toolCallId')

const isUiPart = (part: Slot): boolean => {
  const type = part.get('type')
  return (
    type.isOneOf(UI_PARTS) ||
    (type.peek?.startsWith('tool-') ?? false) ||
    (type.peek === 'text' && part.get('text').peek !== undefined)
  )
}

function readMessage(slot: Slot): Message {
  const parts = slot.get('parts')
  const fromParts = parts.isList ? parts.items().flatMap(readUiPart) : []
  const content = slot.get('content')
  // The older messages of the UI repeat the text of their parts as content: that stays in the rest.
  const fromContent = fromParts.length > 0 ? [] : contentAt(content, readBlock)
  const invoked = fromParts.length > 0 ? [] : slot.get('toolInvocations').items().flatMap(readInvocation)
  return messageAt(slot, [...fromContent, ...fromParts, ...invoked])
}

function readBlock(block: Slot): Part[] | undefined {
  const type = block.get('type')
  const read = readKnown(block, type.peek ?? '')
  if (read) type.take()
  return read
}

function readKnown(block: Slot, type: string): Part[] | undefined {
  switch (type) {
    case 'text':
      return block.get('text').peek === undefined ? undefined : textAt(block.get('text'))
    case 'reasoning': {
      const content = block.first('text', 'reasoning').text()
      return content === undefined ? undefined : [thinking(content)]
    }
    case 'redacted-reasoning':
      return [thinking(block.get('data').text() ?? '', true)]
    case 'tool-call':
      return readCall(block)
    case 'tool-result':
    case 'tool-error':
      return [readResult(block, type === 'tool-error')]
    case 'image':
    case 'file':
      return readFile(block, type)
    default:
      return undefined
  }
}

function readCall(block: Slot): Part[] {
  const args = block.first('args', 'input')
  block.get('type').skip('tool-call')
  return [toolCall({ id: idAt(block.get('toolCallId')), name: block.get('toolName').text(), args })]
}

/** `output` names the type of its value; `error-text` and `error-json` are failures. */
function readResult(block: Slot, isFailure: boolean): Part {
  const output = block.get('output')
  const type = output.get('type')
  const isTyped = type.peek !== undefined && output.has('value')
  const isError = isFailure || (isTyped && (type.peek?.startsWith('error') ?? false))
  const value = isTyped ? output.get('value') : output.isThere ? output : block.first('result', 'error')
  const content = value.isList && type.peek === 'content' ? contentAt(value, readBlock) : anyAt(value)
  if (isTyped) type.take()
  return toolResult({
    id: idAt(block.get('toolCallId')),
    name: block.get('toolName').text(),
    content,
    isError: block.get('isError').flag() ?? isError,
  })
}

function readFile(block: Slot, type: 'image' | 'file'): Part[] | undefined {
  const content = block.first('data', 'image', 'url').text()
  if (content === undefined) return undefined
  const mime = block.first('mediaType', 'mimeType').text()
  return [
    media(content, { type: type === 'image' ? 'image' : kindOfMime(mime), mime, name: block.get('filename').text() }),
  ]
}

function readUiPart(part: Slot): Part[] {
  const type = part.get('type')
  if (type.peek === 'step-start') {
    type.take()
    return []
  }
  if (type.peek === 'tool-invocation') {
    type.take()
    return readInvocation(part.get('toolInvocation'))
  }
  if (type.peek === 'dynamic-tool' || (type.peek?.startsWith('tool-') && part.has('toolCallId')))
    return readUiTool(part, type)
  return contentAt(part, readBlock)
}

/** A call and, once it came, its result in one. */
function readUiTool(part: Slot, type: Slot): Part[] {
  const id = idAt(part.get('toolCallId'))
  const named = part.get('toolName').text()
  const name = named ?? type.peek?.slice('tool-'.length)
  type.take()
  const parts = [toolCall({ id, name, args: part.first('input', 'rawInput') })]
  const error = textAt(part.get('errorText'))
  if (part.has('output') || error.length > 0)
    parts.push(toolResult({ id, name, content: [...anyAt(part.get('output')), ...error], isError: error.length > 0 }))
  return parts
}

function readInvocation(slot: Slot): Part[] {
  if (!slot.isObject) return anyAt(slot)
  const id = idAt(slot.get('toolCallId'))
  const name = slot.get('toolName').text()
  const parts = [toolCall({ id, name, args: slot.get('args') })]
  if (slot.has('result')) parts.push(toolResult({ id, name, content: anyAt(slot.get('result')) }))
  return parts
}
