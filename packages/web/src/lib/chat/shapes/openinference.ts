/** OpenInference's attributes, unflattened: `message.role`, `message.contents`, `message.tool_calls`. */
import type { Message, Part } from '#lib/chat/chat.ts'
import {
  anyAt,
  contentAt,
  idAt,
  media,
  message,
  messageAt,
  type Shape,
  textAt,
  toolAt,
  toolCall,
  toolResult,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'

const LISTS = ['input_messages', 'output_messages'] as const

export const openinference: Shape = {
  format: 'openinference',
  claims: (root) => listsOf(root).some(isMessage),
  read: (root) => {
    const llm = root.get('llm')
    const tools = llm
      .get('tools')
      .items()
      .flatMap((slot) => {
        const schema = slot.get('tool').get('json_schema')
        const at = schema.isObject ? schema : slot.get('tool')
        return toolAt(at) ?? []
      })
    return {
      messages: listsOf(root)
        .filter(isMessage)
        .map((slot) => readMessage(slot.get('message'))),
      tools,
    }
  },
}

function listsOf(root: Slot): Slot[] {
  if (root.isList) return root.items()
  return LISTS.flatMap((key) => [...root.get('llm').get(key).items(), ...root.get(key).items()])
}

const isMessage = (slot: Slot): boolean => slot.get('message').get('role').peek !== undefined

function readMessage(at: Slot): Message {
  const contents = at.get('contents').items().flatMap(readContent)
  const calls = at
    .get('tool_calls')
    .items()
    .map((slot) => readCall(slot.get('tool_call')))
  const legacy = at.get('function_call_name').text()
  const parts = [
    ...contentAt(at.get('content'), () => undefined),
    ...contents,
    ...calls,
    ...(legacy === undefined
      ? []
      : [toolCall({ id: undefined, name: legacy, args: at.get('function_call_arguments_json') })]),
  ]
  const id = idAt(at.get('tool_call_id'))
  if (at.get('role').peek !== 'tool' && id === undefined) return messageAt(at, parts)
  const name = at.get('name').text()
  return { ...message(at.get('role').text() ?? 'tool', [toolResult({ id, name, content: parts })], at), name }
}

function readCall(call: Slot): Part {
  const at = call.get('function')
  return toolCall({ id: idAt(call.get('id')), name: at.get('name').text(), args: at.get('arguments') })
}

function readContent(slot: Slot): Part[] {
  const at = slot.get('message_content')
  const type = at.get('type')
  const image = at.get('image').get('image').get('url').text() ?? at.get('image').get('url').text()
  if (image !== undefined) {
    type.skip('image')
    return [media(image, { type: 'image' })]
  }
  if (at.get('text').peek === undefined) return anyAt(at.isThere ? at : slot)
  type.skip('text')
  return textAt(at.get('text'))
}
