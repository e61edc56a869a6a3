/** The tool calls that a model answered with, found in its output (langfuse-ingestion contract §3.4). */
import { type Fields, isFields, jsonOf } from '#domain/fields.ts'

export interface ToolCalls {
  /** JSON texts `{id, arguments, type, index}`; `arguments` is itself text. */
  readonly calls: readonly string[]
  /** The called tools' names, one for each call. */
  readonly names: readonly string[]
}

interface ToolCall {
  readonly name: string
  readonly id: string
  readonly arguments: string
  readonly type: string
  readonly index: number | undefined
}

const NO_CALLS: ToolCalls = { calls: [], names: [] }

/** Words of which every call's JSON holds one; most outputs are done with here. */
const TRACES_OF_CALLS = /tool|"function|"call_id"/

/** The calls in order of appearance; those of one id, or without ids of one name and arguments, count once. */
export function toolCallsIn(output: string | undefined): ToolCalls {
  if (!output || !TRACES_OF_CALLS.test(output)) return NO_CALLS
  const calls = new Map<string, ToolCall>()
  for (const call of callsIn(jsonOf(output), 0)) {
    const key = call.id === '' ? JSON.stringify([call.name, call.arguments]) : call.id
    if (!calls.has(key)) calls.set(key, call)
  }
  if (calls.size === 0) return NO_CALLS
  const unique = [...calls.values()]
  return { calls: unique.map(printCall), names: unique.map((call) => call.name) }
}

function printCall({ id, arguments: text, type, index }: ToolCall, place: number): string {
  return JSON.stringify({ id, arguments: text, type, index: index ?? place })
}

/** Answers nest messages in choices, in lists and in content parts; deeper than this there is no call. */
const MAX_NESTING = 6
const NESTED = ['message', 'content', 'additional_kwargs', 'output', 'parts'] as const

function callsIn(value: unknown, depth: number): ToolCall[] {
  if (depth > MAX_NESTING) return []
  if (Array.isArray(value)) return value.flatMap((one) => callsIn(one, depth + 1))
  if (!isFields(value)) return []
  const bare = bareCall(value)
  if (bare) return [bare]
  const listed = [...listedCalls(value['tool_calls']), ...listedCalls(value['toolCalls'])]
  const choices = Array.isArray(value['choices']) ? value['choices'] : []
  const nested = [...choices, ...NESTED.map((key) => value[key])].filter((one) => typeof one === 'object')
  return [...listed, ...nested.flatMap((one) => callsIn(one, depth + 1))]
}

function listedCalls(value: unknown): ToolCall[] {
  const list = typeof value === 'string' ? jsonOf(value) : value
  return Array.isArray(list) ? list.flatMap((one) => (isFields(one) ? (readCall(one) ?? []) : [])) : []
}

/** An object that can't be anything but a call, wherever it stands. */
function bareCall(value: Fields): ToolCall | undefined {
  return isBareCall(value) ? readCall(value) : undefined
}

function isBareCall(value: Fields): boolean {
  if (value['type'] === 'tool_use' || value['type'] === 'tool-call') return true
  if (isFields(value['functionCall'])) return true
  if (value['type'] === 'tool-result') return false
  if (isFields(value['function'])) return value['function']['arguments'] !== undefined
  if (typeof value['function'] === 'string') return value['arguments'] !== undefined
  if (value['call_id'] !== undefined) return value['arguments'] !== undefined
  return value['toolName'] !== undefined && argumentsOf(value) !== undefined
}

function readCall(call: Fields): ToolCall | undefined {
  const body = bodyOf(call)
  const name = body['name'] ?? body['toolName'] ?? call['function']
  if (typeof name !== 'string' || name === '') return undefined
  return {
    name,
    id: firstText(call['id'], call['call_id'], call['toolCallId']) ?? '',
    arguments: asText(argumentsOf(body) ?? argumentsOf(call)),
    type: firstText(call['type']) ?? 'function',
    index: typeof call['index'] === 'number' ? call['index'] : undefined,
  }
}

/** What holds the name and the arguments: OpenAI and Gemini nest them, the others don't. */
function bodyOf(call: Fields): Fields {
  const nested = call['function'] ?? call['functionCall']
  return isFields(nested) ? nested : call
}

function argumentsOf(body: Fields): unknown {
  return body['arguments'] ?? body['args'] ?? body['input']
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '')
}

function asText(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
