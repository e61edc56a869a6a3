/**
 * The tools that a model was offered, found in what was sent to it. Every provider and framework
 * describes a tool in its own way (langfuse-ingestion contract §3.4).
 */
import { type Fields, isFields, jsonOf } from '#domain/fields.ts'

export interface ToolDefinition {
  readonly name: string
  readonly description: string
  /** JSON text of the schema of its arguments; '' when there is none. */
  readonly parameters: string
}

/** Tool name → JSON text `{description, parameters}`, of all tools that the input offers; the first of a name counts. */
export function toolDefinitionsIn(input: string | undefined): Readonly<Record<string, string>> {
  if (!input || !(input.includes('"tools"') || input.includes('"tool"'))) return {}
  const found = new Map<string, string>()
  for (const { name, description, parameters } of offeredTools(jsonOf(input))) {
    if (!found.has(name)) found.set(name, JSON.stringify({ description, parameters }))
  }
  return Object.fromEntries(found)
}

/** Reads one tool as OpenAI, Anthropic, Gemini, the AI SDK, Pydantic AI or LangChain describe it; undefined for anything else. */
export function readToolDefinition(value: unknown): ToolDefinition | undefined {
  const tool = typeof value === 'string' ? jsonOf(value) : value
  if (!isFields(tool)) return undefined
  const body = isFields(tool['function']) ? tool['function'] : tool
  const name = body['name']
  if (typeof name !== 'string' || name === '' || !describesTool(tool, body)) return undefined
  return { name, description: descriptionOf(body), parameters: parametersOf(body) }
}

const PARAMETERS = ['parameters', 'parameters_json_schema', 'inputSchema', 'input_schema', 'jsonSchema'] as const

/** A name alone is not enough: metadata is full of named things. */
function describesTool(tool: Fields, body: Fields): boolean {
  if (body !== tool || typeof tool['type'] === 'string') return true
  return [...PARAMETERS, 'description', 'desc'].some((key) => tool[key] !== undefined)
}

function descriptionOf(body: Fields): string {
  const description = body['description'] ?? body['desc']
  return typeof description === 'string' ? description : ''
}

function parametersOf(body: Fields): string {
  const key = PARAMETERS.find((one) => body[one] !== undefined && body[one] !== null)
  const parameters = key === undefined ? '' : body[key]
  return typeof parameters === 'string' ? parameters : JSON.stringify(parameters)
}

function offeredTools(input: unknown): ToolDefinition[] {
  const messages = Array.isArray(input) ? input : isFields(input) ? input['messages'] : undefined
  const described = [...listedTools(input), ...(Array.isArray(messages) ? messages.flatMap(toolsOfMessage) : [])]
  return described.flatMap((tool) => readToolDefinition(tool) ?? [])
}

function listedTools(value: unknown): readonly unknown[] {
  return isFields(value) && Array.isArray(value['tools']) ? value['tools'] : []
}

/** LangGraph offers a tool as a message of role `tool` whose content is the definition. */
function toolsOfMessage(message: unknown): readonly unknown[] {
  if (!isFields(message)) return []
  if (message['role'] !== 'tool') return listedTools(message)
  const content = typeof message['content'] === 'string' ? jsonOf(message['content']) : message['content']
  return isFields(content) && content['type'] === 'function' ? [content] : []
}
