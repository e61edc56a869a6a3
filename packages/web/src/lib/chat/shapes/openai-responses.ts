/** OpenAI's Responses: a list of items, each with a `type`; all of the output, not the first message alone. */
import type { Message, Part } from '#lib/chat/chat.ts'
import {
  anyAt,
  blockByType,
  contentAt,
  idAt,
  media,
  mediaById,
  message,
  messageAt,
  type Shape,
  setOf,
  textAt,
  textUnder,
  thinking,
  toolCall,
  toolResult,
  toolsAt,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'

const ITEMS = setOf(
  'reasoning function_call function_call_output custom_tool_call custom_tool_call_output item_reference mcp_call mcp_list_tools mcp_approval_request mcp_approval_response',
)
const CONTENT = setOf('input_text output_text input_image input_file refusal')
const RESULTS = setOf(
  'function_call_output custom_tool_call_output computer_call_output local_shell_call_output shell_call_output',
)

export const openaiResponses: Shape = {
  format: 'openai-responses',
  claims: (root) =>
    root.get('object').peek === 'response' ||
    (root.has('instructions') && root.has('input')) ||
    listsOf(root).some((slot) => slot.items().some(isItem)) ||
    isItem(root),
  read: (root) => {
    const instructions = root.get('instructions')
    const system = contentAt(instructions, readContent)
    root.get('object').skip('response')
    const lists = listsOf(root)
    const input = root.get('input')
    const asked = input.peek === undefined ? [] : [message('user', textAt(input), input)]
    const items = isItem(root) && lists.length === 0 ? [root] : lists.flatMap((slot) => slot.items())
    return {
      messages: [
        ...(system.length > 0 ? [message('system', system, instructions)] : []),
        ...asked,
        ...joinTurns(items.map(readItem)),
      ],
      tools: toolsAt(root.get('tools')),
    }
  },
}

function listsOf(root: Slot): Slot[] {
  if (root.isList) return [root]
  return ['messages', 'input', 'output'].map((key) => root.get(key)).filter((slot) => slot.isList)
}

const isItem = (slot: Slot): boolean => {
  const type = slot.get('type')
  if (type.isOneOf(ITEMS) || (!slot.has('role') && isCall(type.peek))) return true
  return slot
    .get('content')
    .items()
    .some((block) => block.get('type').isOneOf(CONTENT))
}

const isCall = (type: string | undefined): boolean => type?.endsWith('_call') ?? false

function readItem(item: Slot): Message {
  const type = item.get('type')
  if (item.has('role')) {
    type.skip('message')
    return messageAt(item, contentAt(item.get('content'), readContent))
  }
  const named = type.peek ?? ''
  if (RESULTS.has(named)) return { ...message('tool', readResult(item), item), rawRole: taken(type) }
  if (named === 'reasoning') return { ...message('assistant', readReasoning(item), item), rawRole: taken(type) }
  if (named === 'mcp_call') return { ...message('assistant', readMcpCall(item), item), rawRole: taken(type) }
  if (named === 'function_call' || isCall(named) || named.endsWith('_tool_call'))
    return { ...message('assistant', readCall(item, named), item), rawRole: taken(type) }
  return message('', anyAt(item), item)
}

const taken = (slot: Slot): string => slot.text() ?? ''

function readResult(item: Slot): Part[] {
  const content = contentAt(item.get('output'), readContent)
  return [toolResult({ id: idAt(item.get('call_id')), content })]
}

/** Summaries and open reasoning are thinking; what is encrypted is redacted. */
function readReasoning(item: Slot): Part[] {
  const said = [...item.get('summary').items(), ...item.get('content').items()].flatMap((block) => {
    const content = block.get('text').text()
    if (content === undefined) return []
    block.get('type').take()
    return [thinking(content)]
  })
  const hidden = item.get('encrypted_content').text()
  return hidden === undefined ? said : [...said, thinking(hidden, true)]
}

function readCall(item: Slot, type: string): Part[] {
  const id = idAt(item.first('call_id', 'id'))
  const name = item.get('name').text()
  const args = item.first('arguments', 'input', 'action', 'code', 'queries')
  const parts = [toolCall({ id, name: name ?? type.replace(/_call$/, ''), args })]
  const picture = type === 'image_generation_call' ? item.get('result').text() : undefined
  if (picture !== undefined) parts.push(media(picture, { type: 'image' }))
  const result = item.first('outputs', 'results')
  if (result.isThere) parts.push(toolResult({ id, name, content: anyAt(result) }))
  return parts
}

function readMcpCall(item: Slot): Part[] {
  const id = idAt(item.get('id'))
  const name = item.get('name').text()
  const parts = [toolCall({ id, name, args: item.get('arguments') })]
  const error = anyAt(item.get('error'))
  if (item.has('output') || error.length > 0)
    parts.push(toolResult({ id, name, content: [...anyAt(item.get('output')), ...error], isError: error.length > 0 }))
  return parts
}

const READERS: Readonly<Record<string, (block: Slot) => Part[] | undefined>> = {
  text: textUnder('text'),
  input_text: textUnder('text'),
  output_text: textUnder('text'),
  refusal: textUnder('refusal'),
  input_image: (block) => readFile(block, 'image'),
  input_file: (block) => readFile(block, 'file'),
}

const readContent = blockByType(READERS)

function readFile(block: Slot, type: 'image' | 'file'): Part[] | undefined {
  const name = block.get('filename').text()
  const content = block.first('image_url', 'file_data', 'file_url').text()
  if (content !== undefined) return [media(content, { type, name })]
  const id = block.get('file_id').text()
  return id === undefined ? undefined : [mediaById(id, { type, name })]
}

/** What the model gave in one go is one message: reasoning, text and calls that follow one another. */
function joinTurns(messages: readonly Message[]): Message[] {
  const joined: Message[] = []
  for (const next of messages) {
    const last = joined.at(-1)
    if (last && last.role === 'assistant' && next.role === 'assistant')
      joined[joined.length - 1] = { ...last, rawRole: 'assistant', parts: [...last.parts, ...next.parts] }
    else joined.push(next)
  }
  return joined
}
