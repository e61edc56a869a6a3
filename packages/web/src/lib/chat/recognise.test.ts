import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Chat, Message, Part } from './chat.ts'
import { FRAMEWORK_SAMPLES } from './framework-samples.fixture.ts'
import { isBlank, isList, isObject, parsePayload, parseStructure, printPayload, scalarText } from './payload.ts'
import { PROVIDER_SAMPLES } from './provider-samples.fixture.ts'
import { recogniseChat, SHAPES } from './recognise.ts'
import { NO_CHATS } from './sample.fixture.ts'

const SAMPLES = [...FRAMEWORK_SAMPLES, ...PROVIDER_SAMPLES]

function showPart(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'thinking':
      return `~${part.isRedacted ? '(redacted)' : part.text}`
    case 'tool_call':
      return `${part.name}(${printPayload(part.args, 0)})${part.id ? ` #${part.id}` : ''}${part.note ? ` ?${part.note}` : ''}`
    case 'tool_result':
      return [
        '=',
        part.isError ? '!' : '',
        part.name ? ` ${part.name}` : '',
        part.id ? ` #${part.id}` : '',
        ` ${part.content.map(showPart).join(' + ')}`,
      ].join('')
    case 'json':
      return printPayload(part.value, 0)
    default:
      return `<${[part.type, part.mime, part.source.type].filter(Boolean).join(' ')}>`
  }
}
const showMessage = ({ role, name, parts }: Message) =>
  `${role}${name && !parts.some((part) => part.type === 'tool_result' && part.name === name && role === 'tool' && !['old'].includes(name)) ? `(${name})` : ''}: ${parts.map(showPart).join(' | ')}`
const show = ({ messages, choices, tools }: Chat) => [
  ...messages.map(showMessage),
  ...choices.flatMap((choice) => choice.messages.map((message) => `choice ${showMessage(message)}`)),
  ...(tools.length > 0 ? [`tools: ${tools.map(({ name }) => name).join(' ')}`] : []),
]

describe('recognising conversations', () => {
  test.each(SAMPLES)('$name', ({ value, hints, format, chat }) => {
    const found = recogniseChat(value, hints)
    expect(found && [found.format, ...show(found)]).toEqual([format, ...chat])
  })

  test.each(SAMPLES)('$name, as text', ({ value, hints, format, chat }) => {
    const found = recogniseChat(printPayload(value), hints)
    expect(found && [found.format, ...show(found)]).toEqual([format, ...chat])
  })

  test.each(NO_CHATS.map((value) => ({ value })))('$value is none', ({ value }) =>
    expect(recogniseChat(value)).toBeUndefined(),
  )

  test('there is a sample of each format', () => {
    expect(new Set(SAMPLES.map(({ format }) => format))).toEqual(new Set(SHAPES.map(({ format }) => format)))
  })

  test('paths point into the payload', () => {
    const found = recogniseChat({ input: { messages: [{ role: 'user', content: 'Hi', cache: 1 }], seed: 7 } })
    expect(found?.messages[0]?.path).toEqual(['input', 'messages', 0])
    expect(found?.rest).toEqual([
      { path: ['input', 'messages', 0, 'cache'], value: 1 },
      { path: ['input', 'seed'], value: 7 },
    ])
  })

  test('what is too deep to follow is no chat', () => {
    const deep = `${'[{"role":"user","content":'.repeat(3000)}1${'}]'.repeat(3000)}`
    expect(recogniseChat(deep)).toBeUndefined()
    expect(
      recogniseChat(JSON.stringify({ input: [{ role: 'user', content: '['.repeat(100_000) }] }))?.messages,
    ).toHaveLength(1)
  })
})

/** The texts of all scalars, those in JSON text too, but for the words that name a kind. */
function leavesOf(value: unknown): string[] {
  const leaves: string[] = []
  const stack: unknown[] = [value]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const text = scalarText(next)
    const inner = typeof next === 'string' ? parseStructure(next) : undefined
    if (inner !== undefined) stack.push(inner)
    else if (text !== undefined) leaves.push(text)
    else if (isList(next)) stack.push(...next.filter((item) => item !== undefined))
    else if (isObject(next)) stack.push(...Object.values(next).filter((item) => item !== undefined))
  }
  return leaves
}

const marker = fc.nat({ max: 1e9 }).map((number) => `marker ${number}`)
const odd = fc.oneof(
  marker,
  fc.integer({ min: 1_000_000, max: 1e9 }),
  fc.constant(null),
  fc.boolean(),
  fc.array(marker, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('type', 'role', 'content', 'text', 'parts', 'name', 'id', 'new'), marker, {
    maxKeys: 3,
  }),
)
const KEYS = [
  'extra',
  'text',
  'content',
  'name',
  'id',
  'args',
  'role',
  'parts',
  'tool_calls',
  'is_error',
  'source',
  'system',
  'tools',
  'message',
  'kwargs',
  'thinking',
]

/** A copy of the value with something odd put at the `pick`-th place that can hold it. */
function disturbed(value: unknown, change: { pick: number; key: string; put: unknown }): unknown {
  let place = 0
  const targets = countContainers(value)
  const wanted = targets === 0 ? -1 : change.pick % targets
  const copy = (at: unknown): unknown => {
    if (isList(at)) {
      const isHere = place++ === wanted
      const items = at.map(copy)
      return isHere ? [...items, change.put] : items
    }
    if (!isObject(at)) return at
    const isHere = place++ === wanted
    const entries = Object.entries(at).map(([key, inner]) => [key, copy(inner)])
    return { ...Object.fromEntries(entries), ...(isHere ? { [change.key]: change.put } : {}) }
  }
  return copy(value)
}
function countContainers(value: unknown): number {
  if (isList(value)) return 1 + value.reduce<number>((sum, item) => sum + countContainers(item), 0)
  return isObject(value) ? 1 + Object.values(value).reduce<number>((sum, item) => sum + countContainers(item), 0) : 0
}

/** Words that name what something is: they end in the type of a part, in a role or a format, not in their own text. */
const KINDS = new Set(
  `text human ai system tool constructor function custom request response message binary base64 url file image document
  refusal reasoning thinking error success true false blob uri video audio resource resource_link langchain schema messages
  tool_call tool_call_response invalid_tool_call tool_use server_tool_use tool_result redacted_thinking web_search_tool_result
  tool-call tool-result step-start dynamic-tool tool-weather error-text json image_url input_audio input_text output_text input_image input_file
  summary_text function_call function_call_output mcp_call system-prompt user-prompt tool-return retry-prompt image-url
  gen_ai.system.message gen_ai.user.message gen_ai.choice gen_ai.content.prompt gen_ai.content.completion web_search_call 1`.split(
    /\s+/,
  ),
)

describe('nothing is lost', () => {
  const conserved = (value: unknown, chat: Chat) => {
    const shown = leavesOf([chat.messages, chat.tools, chat.choices, chat.rest.map(({ value: left }) => left)]).join(
      '\n',
    )
    return leavesOf(value).filter((leaf) => !isBlank(leaf) && !KINDS.has(leaf) && !shown.includes(leaf))
  }

  test.each(SAMPLES)('$name', ({ value, hints }) => {
    const chat = recogniseChat(value, hints)
    expect(chat && conserved(value, chat)).toEqual([])
  })

  test('whatever odd things stand in a payload', () => {
    const changes = fc.array(fc.record({ pick: fc.nat(), key: fc.constantFrom(...KEYS), put: odd }), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), changes, ({ value, hints }, some) => {
        const parsed = typeof value === 'string' ? parsePayload(value) : value
        const changed = some.reduce(disturbed, parsed)
        const chat = recogniseChat(changed, hints)
        if (chat) expect(conserved(changed, chat)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
