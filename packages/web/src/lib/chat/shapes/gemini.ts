/** Gemini and Google's ADK: `contents` or `candidates` of `parts` without a `type`, camel or snake. */
import type { Choice, Message, Part } from '#lib/chat/chat.ts'
import { isObject } from '#lib/chat/payload.ts'
import {
  anyAt,
  contentAt,
  idAt,
  kindOfMime,
  media,
  message,
  messageAt,
  type Shape,
  setOf,
  text,
  textAt,
  thinking,
  toolCall,
  toolResult,
  toolsAt,
  withChoices,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'

const KEYS = setOf(
  'text inlineData inline_data fileData file_data functionCall function_call functionResponse function_response executableCode executable_code codeExecutionResult code_execution_result',
)
const SYSTEM = ['systemInstruction', 'system_instruction'] as const

export const gemini: Shape = {
  format: 'gemini',
  claims: (root) => root.get('candidates').items().some(isCandidate) || [root, ...placesOf(root)].some(isContent),
  read: (root) => {
    const config = root.first('config', 'generationConfig', 'generation_config')
    const system = [root, config].map((slot) => slot.first(...SYSTEM)).find((slot) => slot.isThere)
    const choices = root.get('candidates').items().map(readCandidate)
    const before = [...(system ? readSystem(system) : []), ...placesOf(root).flatMap(readContent)]
    return { ...withChoices(before, choices), tools: [...toolsAt(root.get('tools')), ...toolsAt(config.get('tools'))] }
  },
}

/** Where contents may stand. */
function placesOf(root: Slot): Slot[] {
  const wrapped = ['contents', 'content', 'new_message', 'newMessage']
    .map((key) => root.get(key))
    .filter((slot) => slot.isThere)
  return [
    ...root.items(),
    ...(root.get('parts').isList ? [root] : []),
    ...wrapped.flatMap((slot) => (slot.isList ? slot.items() : [slot])),
  ]
}

const isContent = (slot: Slot): boolean => slot.get('parts').items().some(isPart)

/** A candidate without parts was stopped before it said anything. */
const isCandidate = (slot: Slot): boolean => isContent(slot.get('content')) || slot.has('finishReason', 'finish_reason')

const isPart = (part: Slot): boolean =>
  isObject(part.value) &&
  !part.has('type', 'part_kind', 'kind') &&
  part.keys.some((key) => KEYS.has(key) && part.get(key).isThere)

function readCandidate(candidate: Slot): Choice {
  const content = candidate.get('content')
  return { messages: content.isThere ? readContent(content, 'model') : [] }
}

function readContent(slot: Slot, fallback: unknown = 'user'): Message[] {
  if (slot.peek !== undefined) return [message('user', textAt(slot), slot)]
  const parts = slot.get('parts').items().flatMap(readPart)
  if (parts.length === 0) return []
  const read = messageAt(slot, parts, fallback === 'model' ? 'model' : 'user')
  const isResult = parts.every((part) => part.type === 'tool_result')
  return [isResult ? { ...read, role: 'tool' } : read]
}

function readSystem(slot: Slot): Message[] {
  const parts = slot.has('parts') ? slot.get('parts').items().flatMap(readPart) : contentAt(slot, readPart)
  if (!slot.get('role').skip('user')) slot.get('role').skip('system')
  return parts.length > 0 ? [message('system', parts, slot)] : []
}

function readPart(part: Slot): Part[] {
  if (part.peek !== undefined) return textAt(part)
  if (part.get('text').peek !== undefined) {
    const content = part.get('text').text() ?? ''
    return part.get('thought').flag() ? [thinking(content)] : text(content)
  }
  const call = part.first('functionCall', 'function_call')
  if (call.isObject)
    return [toolCall({ id: idAt(call.get('id')), name: call.get('name').text(), args: call.get('args') })]
  const response = part.first('functionResponse', 'function_response')
  if (response.isObject)
    return [
      toolResult({
        id: idAt(response.get('id')),
        name: response.get('name').text(),
        content: anyAt(response.get('response')),
      }),
    ]
  return readMedia(part) ?? readCode(part) ?? anyAt(part)
}

function readMedia(part: Slot): Part[] | undefined {
  const at = part.first('inlineData', 'inline_data', 'fileData', 'file_data')
  const content = at.first('data', 'fileUri', 'file_uri').text()
  if (content === undefined) return undefined
  const mime = at.first('mimeType', 'mime_type').text()
  return [media(content, { type: kindOfMime(mime), mime, name: at.first('displayName', 'display_name').text() })]
}

function readCode(part: Slot): Part[] | undefined {
  const code = part.first('executableCode', 'executable_code')
  if (code.isObject) return [toolCall({ id: idAt(code.get('id')), name: 'code_execution', args: code })]
  const result = part.first('codeExecutionResult', 'code_execution_result')
  if (!result.isObject) return undefined
  const outcome = result.get('outcome').text()
  const isError = outcome !== undefined && outcome !== 'OUTCOME_OK'
  const content = [...textAt(result.get('output')), ...(outcome === undefined ? [] : text(outcome))]
  return [toolResult({ id: idAt(result.get('id')), name: 'code_execution', content, isError })]
}
