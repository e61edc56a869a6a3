/** Layers around a chat: lists of one list, wrapping objects, decorators, flat attributes, span events. */
import { isBlank, isList, isObject, parseStructure } from './payload.ts'
import type { Slot } from './slot.ts'

const WRAPPERS = [
  'messages',
  'input',
  'output',
  'inputs',
  'prompt',
  'kwargs',
  'request',
  'response',
  'body',
  'data',
  'state',
] as const

/** What may be inside, in the order in which to look. Taking out of one doesn't touch the others. */
export function unwrap(root: Slot): readonly (() => Slot)[] {
  const [only, ...others] = root.items()
  const list = only && others.length === 0 && (only.isList || only.peek !== undefined) ? [only] : []
  const rewritten = rewrite(root.value)
  const inner = [...list, ...WRAPPERS.map((key) => root.get(key)), ...root.get('args').items()]
  return [
    ...(rewritten === undefined ? [] : [() => root.as(rewritten)]),
    ...inner.filter((slot) => slot.peek !== undefined || slot.isList || slot.isObject).map((slot) => () => slot),
  ]
}

/** The same said in another form: flat attributes as a tree, events as messages. */
function rewrite(value: unknown): unknown {
  if (isList(value)) return fromEvents(value)
  return isObject(value) ? unflatten(value) : undefined
}

/** Steps of an attribute's name; what has more is no path. */
const MOST_STEPS = 24

const FLAT = /^llm\.(?:input_messages|output_messages)\.\d+\.message\./

/** `llm.input_messages.0.message.role` and its like as objects and lists; undefined when there are no such keys. */
function unflatten(value: Readonly<Record<string, unknown>>): unknown {
  const keys = Object.keys(value)
  if (!keys.some((key) => FLAT.test(key))) return undefined
  const root: Tree = new Map()
  const plain: Record<string, unknown> = {}
  for (const key of keys) {
    const steps = key.split('.')
    const isPath = key.startsWith('llm.') && steps.length <= MOST_STEPS
    if (!isPath || !plant(root, steps, value[key])) plain[key] = value[key]
  }
  return { ...plain, ...asObject(grown(root)) }
}

/** Inner nodes are maps, leaves are boxed so that an empty map is not taken for one. */
type Tree = Map<string, Tree | { readonly leaf: unknown }>

/** False when a leaf stands in the way. */
function plant(root: Tree, path: readonly string[], leaf: unknown): boolean {
  let at = root
  for (const step of path.slice(0, -1)) {
    const next = at.get(step) ?? new Map()
    if (!(next instanceof Map)) return false
    at.set(step, next)
    at = next
  }
  const last = path.at(-1) ?? ''
  if (at.has(last)) return false
  at.set(last, { leaf })
  return true
}

function grown(tree: Tree): unknown {
  const entries = [...tree].map(
    ([key, node]) => [key, node instanceof Map ? grown(node) : readLeaf(key, node.leaf)] as const,
  )
  const isIndexed = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))
  if (isIndexed) return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item)
  return Object.fromEntries(entries)
}

const readLeaf = (key: string, leaf: unknown): unknown =>
  key === 'json_schema' && typeof leaf === 'string' ? (parseStructure(leaf) ?? leaf) : leaf

const asObject = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : { llm: value })

const EVENT = /^gen_ai\.(system|user|assistant|tool|choice)(?:\.message)?$/
const CONTENT_KEYS = [
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.event.content',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
] as const

/** Span events of the GenAI conventions as messages; undefined when there are none among the list. */
function fromEvents(events: readonly unknown[]): unknown {
  if (!events.some((event) => isObject(event) && typeof nameOf(event) === 'string' && isChatEvent(nameOf(event))))
    return undefined
  return { messages: events.flatMap(messagesOf) }
}

const nameOf = (event: Readonly<Record<string, unknown>>): unknown => event['name'] ?? event['event.name']
const isChatEvent = (name: unknown): boolean =>
  typeof name === 'string' && (EVENT.test(name) || /^gen_ai\.content\./.test(name))

function messagesOf(event: unknown): unknown[] {
  if (!isObject(event) || !isChatEvent(nameOf(event))) return [event]
  const { inner, about, isAnswer } = payloadOf(event)
  const named = EVENT.exec(String(nameOf(event)))?.[1] ?? (isAnswer ? 'choice' : 'user')
  const role = named === 'choice' ? 'assistant' : named
  if (isList(inner)) return [...inner, ...(isBlank(about) ? [] : [{ event: about }])]
  if (!isObject(inner)) return [{ role, content: inner, event: about }]
  const { message, ...beside } = inner
  return isObject(message) ? [spokenIn(message, role, [about, beside])] : [spokenIn(inner, role, [about])]
}

/** A message with a role; what else there is of its event goes where no field of the message is. */
function spokenIn(message: Readonly<Record<string, unknown>>, role: string, about: readonly unknown[]): unknown {
  const { event, role: own, ...fields } = message
  const isNamed = typeof own === 'string'
  const rest = [...about, event, isNamed ? undefined : own].filter((item) => !isBlank(item))
  return { ...fields, role: isNamed ? own : role, event: rest }
}

interface EventPayload {
  readonly inner: unknown
  /** What else the event says. */
  readonly about: unknown
  readonly isAnswer: boolean
}

/** The message of an event: JSON text in one of its attributes, its body, or the attributes themselves. */
function payloadOf(event: Readonly<Record<string, unknown>>): EventPayload {
  const { name: _, body, attributes, ...rest } = event
  const fields = isObject(attributes) ? attributes : {}
  const key = CONTENT_KEYS.find((known) => typeof fields[known] === 'string')
  const written = key === undefined ? undefined : parseStructure(String(fields[key]))
  const isAnswer = key === 'gen_ai.completion'
  if (written !== undefined)
    return { inner: written, about: present({ ...rest, attributes: without(fields, key), body }), isAnswer }
  if (!isBlank(body)) return { inner: body, about: present({ ...rest, attributes }), isAnswer }
  return { inner: fields, about: rest, isAnswer }
}

const present = (value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => !isBlank(field)))

const without = (
  value: Readonly<Record<string, unknown>>,
  key: string | undefined,
): Readonly<Record<string, unknown>> => Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
