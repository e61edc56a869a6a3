/** LangChain and LangGraph: messages that name their class in `type`, serialised or plain, and generations. */
import type { Choice, Message, Part, ToolDefinition } from '#lib/chat/chat.ts'
import {
  contentAt,
  idAt,
  itemsOf,
  message,
  type Shape,
  setOf,
  textAt,
  thinking,
  toolAt,
  toolCall,
  toolResult,
  toolsAt,
  withChoices,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'
import { readOpenAiBlock, readOpenAiCall } from './openai-content.ts'

const TYPES = setOf('human ai system tool function developer chat generic')
const CLASS = /^(Human|AI|System|Tool|Function|Chat|Developer)Message(Chunk)?$/

/** Steps of the path to a class. */
const MODULE = /^(langchain\w*|schema|messages|human|ai|system|tool|function|chat)$/

export const langchain: Shape = {
  format: 'langchain',
  claims: (root) =>
    root
      .get('generations')
      .items()
      .some((slot) => generationsOf(slot).some(isGeneration)) || itemsOf(root).some(isMessage),
  read: (root) => {
    const choices = root.get('generations').items().flatMap(generationsOf).filter(isGeneration).map(readGeneration)
    const items = root.has('generations') && !root.has('messages') ? [] : itemsOf(root)
    const tools = items.filter(isDefinition).flatMap(readDefinition)
    const messages = items.filter((slot) => !isDefinition(slot)).map(readMessage)
    return { ...withChoices(messages, choices), tools: [...tools, ...toolsAt(root.get('tools'))] }
  },
}

/** `[[…]]`: a list for each prompt. */
const generationsOf = (slot: Slot): Slot[] => (slot.isList ? slot.items() : [slot])

const isGeneration = (slot: Slot): boolean => slot.get('message').isObject || slot.get('text').peek !== undefined

function isMessage(slot: Slot): boolean {
  if (slot.get('lc').isThere && slot.get('kwargs').isObject) return slot.get('id').isList
  const type = slot.get('type')
  if (!slot.has('role') && (type.isOneOf(TYPES) || CLASS.test(type.peek ?? '')))
    return slot.keys.includes('content') || slot.has('tool_calls')
  return slot.get('additional_kwargs').isObject && slot.has('content', 'tool_calls', 'role')
}

function readGeneration(slot: Slot): Choice {
  const inner = slot.get('message')
  if (!inner.isObject) return { messages: [message('assistant', textAt(slot.get('text')), slot)] }
  const read = readMessage(inner)
  // A generation repeats the text of its message.
  const spoken = slot.get('text')
  if (read.parts.some((part) => part.type === 'text' && part.text === spoken.peek)) spoken.take()
  return { messages: [read] }
}

function readMessage(slot: Slot): Message {
  const kwargs = slot.get('kwargs')
  const isSerialised = slot.has('lc') && kwargs.isObject
  const at = isSerialised ? kwargs : slot
  const rawRole = isSerialised ? classOf(slot) : (slot.get('role').text() ?? slot.get('type').text() ?? '')
  if (isSerialised && at.get('type').isThere && nameOfClass(rawRole) === at.get('type').peek) at.get('type').take()
  const role = nameOfClass(rawRole)
  const parts = readParts(at)
  const isResult = role === 'tool' || role === 'function'
  const status = at.get('status')
  const isError = isResult && status.skip('error')
  if (isResult && !isError) status.skip('success')
  const name = at.get('name').text()
  const all = isResult ? [toolResult({ id: idAt(at.get('tool_call_id')), name, content: parts, isError })] : parts
  return { ...message(role, all, slot), rawRole, name }
}

/** `['langchain', 'schema', 'messages', 'HumanMessage']` → `HumanMessage`; what else says that it is serialised is taken with it. */
function classOf(slot: Slot): string {
  slot.get('lc').take()
  slot.get('type').skip('constructor')
  const id = slot.get('id')
  const words = id.items().map((item) => item.peek ?? '')
  const name = words.at(-1) ?? ''
  if (CLASS.test(name) && words.slice(0, -1).every((word) => MODULE.test(word))) id.take()
  return CLASS.test(name) ? name : ''
}

const nameOfClass = (raw: string): string => CLASS.exec(raw)?.[1]?.toLowerCase() ?? raw

function readParts(at: Slot): Part[] {
  const extra = at.get('additional_kwargs')
  const reasoning = extra.get('reasoning_content').text()
  const calls = at.get('tool_calls').items()
  const raw = extra.get('tool_calls').items()
  const legacy = extra.get('function_call')
  const ids = new Set(calls.map((call) => call.get('id').peek))
  return [
    ...(reasoning ? [thinking(reasoning)] : []),
    ...contentAt(at.get('content'), (block) => readBlock(block, ids)),
    ...calls.map(readOpenAiCall),
    ...at.get('invalid_tool_calls').items().map(readInvalid),
    ...(calls.length > 0 ? [] : raw.map(readOpenAiCall)),
    ...(calls.length === 0 && legacy.isObject
      ? [toolCall({ id: undefined, name: legacy.get('name').text(), args: legacy.get('arguments') })]
      : []),
  ]
}

function readInvalid(call: Slot): Part {
  call.get('type').skip('invalid_tool_call')
  const error = call.get('error').text()
  const read = readOpenAiCall(call)
  return read.type === 'tool_call' ? { ...read, note: error ?? read.note ?? 'The call could not be read.' } : read
}

/** Anthropic's blocks come through as they are; a `tool_use` that `tool_calls` has too is shown once. */
function readBlock(block: Slot, ids: ReadonlySet<string | undefined>): Part[] | undefined {
  const type = block.get('type')
  if (type.peek === 'tool_use' && block.get('id').peek !== undefined) {
    if (ids.has(block.get('id').peek)) {
      // Left where it is: the rest shows that it came twice.
      return []
    }
    type.take()
    return [toolCall({ id: idAt(block.get('id')), name: block.get('name').text(), args: block.get('input') })]
  }
  if (type.peek === 'reasoning' && block.first('reasoning', 'text').peek !== undefined) {
    type.take()
    return [thinking(block.first('reasoning', 'text').text() ?? '')]
  }
  return readOpenAiBlock(block)
}

/** LangGraph's callback puts the definitions of tools among the messages. */
const isDefinition = (slot: Slot): boolean =>
  slot.get('role').peek === 'tool' &&
  slot.get('content').get('type').peek === 'function' &&
  slot.get('content').get('function').get('name').peek !== undefined

function readDefinition(slot: Slot): ToolDefinition[] {
  const tool = toolAt(slot.get('content'))
  slot.get('role').take()
  return tool ? [tool] : []
}
