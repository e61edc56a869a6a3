/** Bedrock's Converse: content blocks that are named by their only key. */
import type { MediaKind, Message, Part } from '#lib/chat/chat.ts'
import {
  anyAt,
  contentAt,
  idAt,
  itemsOf,
  media,
  message,
  messageAt,
  type Shape,
  text,
  textAt,
  thinking,
  toolCall,
  toolResult,
  toolsAt,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'

export const bedrock: Shape = {
  format: 'bedrock',
  claims: (root) => isAnswer(root) || itemsOf(root).some(isMessage),
  read: (root) => {
    const items = isAnswer(root) ? [root.get('output').get('message')] : itemsOf(root)
    const parts = root.isObject ? contentAt(root.get('system'), readBlock) : []
    const system = parts.length > 0 ? [message('system', parts, root.get('system'))] : []
    return { messages: [...system, ...items.map(readMessage)], tools: toolsAt(root.get('toolConfig').get('tools')) }
  },
}

const isAnswer = (root: Slot): boolean => root.get('output').get('message').get('content').isList

const isMessage = (slot: Slot): boolean =>
  slot.get('role').peek !== undefined && slot.get('content').items().some(isBlock)

const isBlock = (block: Slot): boolean =>
  !block.has('type') && (block.has('toolUse', 'toolResult', 'reasoningContent') || block.get('text').peek !== undefined)

function readMessage(slot: Slot): Message {
  const parts = contentAt(slot.get('content'), readBlock)
  const read = messageAt(slot, parts)
  const isResult = parts.length > 0 && parts.every((part) => part.type === 'tool_result')
  return isResult ? { ...read, role: 'tool' } : read
}

function readBlock(block: Slot): Part[] | undefined {
  if (block.get('text').peek !== undefined) return textAt(block.get('text'))
  const use = block.get('toolUse')
  if (use.isObject)
    return [toolCall({ id: idAt(use.get('toolUseId')), name: use.get('name').text(), args: use.get('input') })]
  const result = block.get('toolResult')
  if (result.isObject) return [readResult(result)]
  const reasoning = block.get('reasoningContent')
  if (reasoning.isObject) return readReasoning(reasoning)
  return readMedia(block)
}

function readResult(result: Slot): Part {
  const content = contentAt(result.get('content'), (block) =>
    block.has('json') ? anyAt(block.get('json')) : readBlock(block),
  )
  const status = result.get('status')
  const isError = status.peek === 'error'
  if (isError || status.peek === 'success') status.take()
  return toolResult({ id: idAt(result.get('toolUseId')), content, isError })
}

function readReasoning(reasoning: Slot): Part[] {
  const at = reasoning.get('reasoningText')
  const said = at.get('text').text()
  if (said !== undefined) return [thinking(said)]
  const hidden = reasoning.get('redactedContent').text()
  return hidden === undefined ? anyAt(reasoning) : [thinking(hidden, true)]
}

const MEDIA: readonly (readonly [string, MediaKind])[] = [
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['document', 'file'],
]

function readMedia(block: Slot): Part[] | undefined {
  const [key, type] = MEDIA.find(([name]) => block.get(name).isObject) ?? []
  if (key === undefined) return undefined
  const at = block.get(key)
  const source = at.get('source')
  const said = source.get('text').text()
  if (said !== undefined) return text(said)
  const location = source.get('s3Location').get('uri').text()
  const bytes = location ?? source.get('bytes').text()
  if (bytes === undefined) return undefined
  const format = at.get('format').text()
  const mime = format === undefined ? undefined : `${type === 'file' ? 'application' : type}/${format}`
  return [media(bytes, { type, mime, name: at.get('name').text() })]
}
