/** OpenAI's Chat Completions and all that looks like them: Ollama, Cohere, Groq, vLLM and plain lists of role and content. */
import type { Choice, Message, Part } from '#lib/chat/chat.ts'
import {
  contentAt,
  idAt,
  itemsOf,
  jsonAt,
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
  withChoices,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'
import { readOpenAiBlock, readOpenAiCall } from './openai-content.ts'

const ROLES = setOf('system developer user assistant tool function model human ai chatbot USER CHATBOT SYSTEM TOOL')
const SAYS = [
  'content',
  'tool_calls',
  'toolCalls',
  'function_call',
  'functionCall',
  'message',
  'reasoning_content',
  'refusal',
  'audio',
  'tool_call_id',
] as const

export const openaiChat: Shape = {
  format: 'openai-chat',
  claims: (root) =>
    root.get('choices').items().some(isChoice) ||
    isMessage(root.get('message')) ||
    itemsOf(root, 'chat_history').some(isMessage),
  read: (root) => {
    const items = itemsOf(root, 'chat_history').filter((slot) => slot.value !== root.value || isMessage(slot))
    const preamble = root.isObject ? textAt(root.first('preamble', 'system')) : []
    const answer = isMessage(root.get('message')) ? [readMessage(root.get('message'))] : []
    const asked =
      root.has('chat_history') && root.get('message').peek !== undefined
        ? [message('user', textAt(root.get('message')), root)]
        : []
    const system = preamble.length > 0 ? [message('system', preamble, root)] : []
    const before = [...system, ...items.map(readMessage), ...asked, ...answer]
    const tools = [...toolsAt(root.get('tools')), ...toolsAt(root.get('functions'))]
    return { ...withChoices(before, root.get('choices').items().map(readChoice)), tools }
  },
}

const isMessage = (slot: Slot): boolean =>
  slot.get('role').isOneOf(ROLES) && (slot.has(...SAYS) || slot.keys.includes('content'))

const isChoice = (slot: Slot): boolean =>
  slot.get('message').isObject || slot.get('delta').isObject || slot.get('text').peek !== undefined

function readChoice(choice: Slot): Choice {
  const at = choice.first('message', 'delta')
  if (at.isObject) return { messages: [readMessage(at, 'assistant')] }
  return { messages: [message('assistant', textAt(choice.get('text')), choice)] }
}

function readMessage(slot: Slot, fallback: unknown = ''): Message {
  if (slot.peek !== undefined) return message('', textAt(slot), slot)
  if (!slot.isObject) return message('', jsonAt(slot), slot)
  const parts = readParts(slot)
  const isResult = slot.has('tool_call_id', 'toolCallId') || slot.get('role').isOneOf(setOf('tool function'))
  if (!isResult) return messageAt(slot, parts, fallback === 'assistant' ? 'assistant' : '')
  const id = idAt(slot.first('tool_call_id', 'toolCallId'))
  const name = slot.first('tool_name', 'name').text()
  return { ...messageAt(slot, [toolResult({ id, name, content: parts })], 'tool'), name }
}

function readParts(slot: Slot): Part[] {
  const reasoning = slot.first('reasoning_content', 'reasoning', 'thinking', 'tool_plan').text()
  const content = slot.first('content', 'message')
  const call = slot.first('function_call', 'functionCall')
  return [
    ...(reasoning ? [thinking(reasoning)] : []),
    ...contentAt(content, readOpenAiBlock),
    ...textAt(slot.get('refusal')),
    ...readAudio(slot.get('audio')),
    ...slot.get('images').items().flatMap(readImage),
    ...slot.first('tool_calls', 'toolCalls').items().map(readOpenAiCall),
    ...(call.isObject ? [toolCall({ id: undefined, name: call.get('name').text(), args: call.get('arguments') })] : []),
  ]
}

/** A spoken answer: the sound, and its words. */
function readAudio(audio: Slot): Part[] {
  const content = audio.get('data').text()
  return [...(content === undefined ? [] : [media(content, { type: 'audio' })]), ...textAt(audio.get('transcript'))]
}

function readImage(image: Slot): Part[] {
  const content = image.text()
  return content === undefined ? [] : [media(content, { type: 'image' })]
}
