/** What the readers of all formats share: the contract of a reader, and the parts that look alike everywhere. */
import {
  type Chat,
  type ChatFormat,
  type ChatHints,
  type Choice,
  type MediaKind,
  type MediaPart,
  type Message,
  type Part,
  roleOf,
  type ToolDefinition,
} from './chat.ts'
import { isBlank, parsePayload, scalarText } from './payload.ts'
import type { Slot } from './slot.ts'

/** What a reader makes; what it leaves in the payload becomes the rest. */
export interface Draft {
  readonly messages: readonly Message[]
  readonly tools?: readonly ToolDefinition[]
  readonly choices?: readonly Choice[]
}

/** One provider format. MUST NOT throw, whatever the payload is, and MUST take only what it hands on. */
export interface Shape {
  readonly format: ChatFormat
  /** Whether the structure is of this format. Takes nothing. */
  claims(root: Slot, hints: ChatHints): boolean
  read(root: Slot, hints: ChatHints): Draft
}

export const chatOf = (format: ChatFormat, root: Slot, draft: Draft): Chat => ({
  format,
  // What has neither a role nor anything to say is no message: it is in the rest.
  messages: draft.messages.filter(
    ({ parts, rawRole, name }) => parts.length > 0 || rawRole !== '' || name !== undefined,
  ),
  tools: draft.tools ?? [],
  choices: draft.choices ?? [],
  rest: root.leftovers(),
})

/** The messages of a request, of a state or of a list; a lone message is a list of one. */
export function itemsOf(root: Slot, ...keys: readonly string[]): Slot[] {
  if (root.isList) return root.items()
  const list = ['messages', ...keys].map((key) => root.get(key)).find((slot) => slot.isList)
  if (list) return list.items()
  return root.isObject ? [root] : []
}

/** A message with the role that stands in `role`; the parts are read first. */
export function messageAt(slot: Slot, parts: readonly Part[], fallback = ''): Message {
  const rawRole = slot.get('role').text() ?? fallback
  return { role: roleOf(rawRole), rawRole, name: slot.get('name').text(), parts, path: slot.path }
}

export const message = (rawRole: string, parts: readonly Part[], slot: Slot): Message => ({
  role: roleOf(rawRole),
  rawRole,
  name: undefined,
  parts,
  path: slot.path,
})

export const text = (value: string): Part[] => (value === '' ? [] : [{ type: 'text', text: value }])
export const thinking = (value: string, isRedacted = false): Part => ({ type: 'thinking', text: value, isRedacted })

/** Takes text as a text part; takes nothing and gives nothing otherwise. */
export const textAt = (slot: Slot): Part[] => text(slot.text() ?? '')

/** Takes whatever is there as it is. */
export const jsonAt = (slot: Slot): Part[] => (isBlank(slot.value) ? [] : [{ type: 'json', value: slot.take() }])

/** Takes text, or anything else as it is. */
export const anyAt = (slot: Slot): Part[] => (slot.peek === undefined ? jsonAt(slot) : textAt(slot))

/**
 * Content that is text, one block or a list of blocks: `block` reads what its format knows and returns
 * undefined for other blocks, which are kept as they are.
 */
export function contentAt(slot: Slot, block: (slot: Slot) => readonly Part[] | undefined): Part[] {
  if (slot.peek !== undefined) return textAt(slot)
  if (slot.isList) return slot.items().flatMap((item) => (item.isList ? jsonAt(item) : contentAt(item, block)))
  if (!slot.isObject) return jsonAt(slot)
  return [...(block(slot) ?? jsonAt(slot))]
}

/** A block read by the reader of its `type`, which is then taken; undefined when there is none or it gives nothing. */
export const blockByType =
  (readers: Readonly<Record<string, (block: Slot) => Part[] | undefined>>) =>
  (block: Slot): Part[] | undefined => {
    const type = block.get('type')
    const key = type.peek ?? ''
    const read = Object.hasOwn(readers, key) ? readers[key]?.(block) : undefined
    if (read) type.take()
    return read
  }

/** A block whose text stands under `key`. */
export const textUnder =
  (key: string) =>
  (block: Slot): Part[] | undefined =>
    block.get(key).peek === undefined ? undefined : textAt(block.get(key))

/** A call whose arguments may be JSON text; broken text is shown as it is. */
export function toolCall(call: { id: string | undefined; name: string | undefined; args: Slot }): Part {
  const { id, name = '', args } = call
  const written = args.text()
  if (written === undefined) return { type: 'tool_call', id, name, args: args.take(), note: undefined }
  const parsed = written.trim() === '' ? '' : parsePayload(written)
  const note = parsed === undefined ? 'The arguments are not valid JSON.' : undefined
  return { type: 'tool_call', id, name, args: parsed ?? written, note }
}

export function toolResult(result: {
  id: string | undefined
  name?: string | undefined
  content: readonly Part[]
  isError?: boolean | undefined
}): Part {
  const { id, name, content, isError = false } = result
  return { type: 'tool_result', id, name, content, isError }
}

/** An id that may be a number. */
export function idAt(slot: Slot): string | undefined {
  const id = scalarText(slot.value)
  if (id !== undefined) slot.take()
  return id
}

const KINDS: readonly MediaKind[] = ['image', 'audio', 'video']

export const kindOfMime = (mime: string | undefined): MediaKind =>
  KINDS.find((kind) => mime?.toLowerCase().startsWith(`${kind}/`)) ?? 'file'

/** A picture, sound or file from text that is an address, a `data:` address or bare base64. */
export function media(
  content: string,
  about: { type?: MediaKind | undefined; mime?: string | undefined; name?: string | undefined } = {},
): MediaPart {
  const mime = about.mime ?? /^data:([^;,]+)/.exec(content)?.[1]
  const source = /^(?:[a-z][a-z0-9+.-]*:|\/api\/|@@@)/i.test(content)
    ? ({ type: 'url', url: content } as const)
    : ({ type: 'base64', data: content } as const)
  return { type: about.type ?? kindOfMime(mime), source, mime, name: about.name }
}

export const mediaById = (
  id: string,
  about: { type: MediaKind; name?: string | undefined; mime?: string | undefined },
): MediaPart => ({
  type: about.type,
  source: { type: 'id', id },
  mime: about.mime,
  name: about.name,
})

/** A tool's definition in any of the formats; undefined for what has no name. */
export function toolAt(slot: Slot): ToolDefinition | undefined {
  const inner = slot.first('function', 'toolSpec', 'functionDeclaration')
  const at = inner.isObject ? inner : slot
  if (at.get('name').peek === undefined) return undefined
  const schema = at.first('parameters', 'input_schema', 'inputSchema', 'parametersJsonSchema', 'parameters_json_schema')
  const wrapped = schema.get('json').isObject && schema.keys.length === 1 ? schema.get('json') : schema
  slot.get('type').skip('function')
  slot.get('type').skip('custom')
  return {
    name: at.get('name').text() ?? '',
    description: at.get('description').text(),
    parameters: wrapped.isThere ? wrapped.take() : undefined,
    path: slot.path,
  }
}

/** The definitions in a list of tools, or in what each of its elements declares. */
export function toolsAt(slot: Slot): ToolDefinition[] {
  return slot.items().flatMap((item) => {
    const declared = item.first('functionDeclarations', 'function_declarations')
    if (declared.isList) return toolsAt(declared)
    return toolAt(item) ?? []
  })
}

/** One alternative stands among the messages; several stand beside each other. */
export function withChoices(
  before: readonly Message[],
  choices: readonly Choice[],
): Pick<Draft, 'messages' | 'choices'> {
  const [only] = choices
  if (choices.length > 1) return { messages: before, choices }
  return { messages: [...before, ...(only?.messages ?? [])], choices: [] }
}

export const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))
