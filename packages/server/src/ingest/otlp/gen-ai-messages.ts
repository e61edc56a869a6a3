import { JsonText } from '#lib/json/json-text.ts'
import { printJson } from '#lib/json/print.ts'
import type { Attributes, Value } from './otlp-request.ts'
import { GEN_AI_KEYS, GEN_AI_TOOL_KEYS, SYSTEM_INSTRUCTIONS_KEY } from './payload-keys.ts'
import { isPresent, type Payload, type PayloadCarrier, payloadAt, payloadOf, presentAt } from './payload-source.ts'
import { exactJson, isFields, parsedValue, textOf } from './values.ts'

/** OpenTelemetry's conventions for generative AI: the messages of a chat, or the arguments and result of a tool. */
export function genAiMessages({ attributes }: PayloadCarrier): Payload | undefined {
  const messages = presentAt(attributes, GEN_AI_KEYS.input)
  const input = withSystemInstructions(messages, attributes)
  return payloadOf(input, presentAt(attributes, GEN_AI_KEYS.output)) ?? payloadAt(attributes, GEN_AI_TOOL_KEYS)
}

/**
 * The messages with the system instructions, sent apart from them, as their first message, unless
 * there is a system message already or the messages are no list.
 */
export function withSystemInstructions(messages: unknown, attributes: Attributes): unknown {
  const instructions = attributes.get(SYSTEM_INSTRUCTIONS_KEY)
  if (!isPresent(instructions) || instructions === undefined) return messages
  const list = isPresent(messages) ? exactList(messages) : '[]'
  if (list === undefined || hasSystemMessage(list)) return messages
  const first = printJson({ role: 'system', content: instructionText(instructions) })
  return new JsonText(list === '[]' ? `[${first}]` : `[${first},${list.slice(1)}`)
}

/** The list as compact JSON text. */
function exactList(messages: unknown): string | undefined {
  const json = exactJson(textOf(messages))
  const text = json instanceof JsonText ? json.text : ''
  return text.startsWith('[') ? text : undefined
}

function hasSystemMessage(list: string): boolean {
  const messages: unknown = JSON.parse(list)
  return Array.isArray(messages) && messages.some((message) => isFields(message) && message['role'] === 'system')
}

/** A list of parts gives their contents, a line each; text stays text. */
function instructionText(instructions: Value): string {
  const parts = parsedValue(instructions)
  if (!Array.isArray(parts)) return textOf(instructions)
  return parts.map((part) => (isFields(part) ? textOf(part['content'] ?? '') : textOf(part))).join('\n')
}
