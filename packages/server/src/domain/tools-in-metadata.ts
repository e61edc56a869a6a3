/**
 * Some instrumentations put the offered tools among the metadata. They are moved to where they
 * belong, beside the messages of the input (langfuse-ingestion contract §3.4).
 */
import { isFields, jsonOf } from '#domain/fields.ts'
import { readToolDefinition } from '#domain/tool-definitions.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { type JsonTree, parseTree, printTree } from '#lib/json/tree.ts'

interface Payloads {
  readonly input: string | undefined
  /** JSON text of one object. */
  readonly metadata: string
}

/** Keys of `metadata.attributes` that hold a list of tools. */
const TOOL_ATTRIBUTES = ['ai.prompt.tools', 'gen_ai.tool.definitions'] as const
const REQUEST_PARAMETERS = 'model_request_parameters'
const NUMBERED_TOOL = /^llm\.tools\.\d+\.tool\.json_schema$/

/**
 * Input and metadata with tool lists moved from the latter to the former: a list of messages
 * becomes `{messages, tools}`, an object gains `tools`, a text becomes `{prompt, tools}`, nothing
 * becomes `{tools}`. What doesn't read as tools stays where it is.
 */
export function moveToolsToInput(payloads: Payloads): Payloads {
  const { input, metadata } = payloads
  if (!metadata.includes('tools') && !metadata.includes('tool.definitions')) return payloads
  const tree = parseTree(metadata)
  if (!(tree instanceof Map)) return payloads
  const tools = takeTools(tree)
  if (tools.length === 0) return payloads
  return { input: printTree(withTools(input, tools)), metadata: printTree(tree) }
}

/** Takes the tools out of the metadata, which it changes. */
function takeTools(metadata: Map<string, JsonTree>): JsonTree[] {
  const taken = [...takeList(metadata, 'tools')]
  const attributes = opened(metadata.get('attributes'))
  if (!(attributes instanceof Map)) return taken
  for (const key of TOOL_ATTRIBUTES) taken.push(...takeList(attributes, key))
  taken.push(...takeList(attributes, `${REQUEST_PARAMETERS}.function_tools`))
  taken.push(...takeFunctionTools(attributes))
  for (const key of [...attributes.keys()]) if (NUMBERED_TOOL.test(key)) taken.push(...takeOne(attributes, key))
  return taken
}

function takeList(holder: Map<string, JsonTree>, key: string): JsonTree[] {
  const list = opened(holder.get(key))
  if (!Array.isArray(list)) return []
  const tools = list.map((tool) => opened(tool))
  if (tools.length === 0 || !tools.every(isTool)) return []
  holder.delete(key)
  return tools
}

function takeOne(holder: Map<string, JsonTree>, key: string): JsonTree[] {
  const tool = opened(holder.get(key))
  if (tool === undefined || !isTool(tool)) return []
  holder.delete(key)
  return [tool]
}

/** Pydantic AI: one attribute with all parameters of the request, as JSON text. */
function takeFunctionTools(attributes: Map<string, JsonTree>): JsonTree[] {
  const held = attributes.get(REQUEST_PARAMETERS)
  const parameters = opened(held)
  if (!(parameters instanceof Map)) return []
  const tools = takeList(parameters, 'function_tools')
  if (tools.length > 0 && held instanceof JsonText) {
    attributes.set(REQUEST_PARAMETERS, new JsonText(JSON.stringify(printTree(parameters))))
  }
  return tools
}

/** The tree itself, or that of the JSON which a string holds. */
function opened<T extends JsonTree | undefined>(tree: T): T | JsonTree {
  if (!(tree instanceof JsonText) || !/^"\s*[[{]/.test(tree.text)) return tree
  const text = String(JSON.parse(tree.text))
  return jsonOf(text) === undefined ? tree : parseTree(text)
}

function isTool(tree: JsonTree): boolean {
  return readToolDefinition(jsonOf(printTree(tree))) !== undefined
}

function withTools(input: string | undefined, tools: JsonTree[]): JsonTree {
  if (input === undefined) return new Map([['tools', unique(tools)]])
  const parsed = jsonOf(input)
  if (Array.isArray(parsed)) return pair('messages', parseTree(input), tools)
  if (!isFields(parsed)) return pair('prompt', new JsonText(JSON.stringify(input)), tools)
  const tree = parseTree(input)
  if (!(tree instanceof Map)) return tree
  const present = tree.get('tools')
  return tree.set('tools', unique(Array.isArray(present) ? [...present, ...tools] : tools))
}

function pair(key: string, value: JsonTree, tools: JsonTree[]): JsonTree {
  return new Map([
    [key, value],
    ['tools', unique(tools)],
  ])
}

/** One tool of a name, the first. */
function unique(tools: readonly JsonTree[]): JsonTree[] {
  const byName = new Map<string, JsonTree>()
  for (const tool of tools) {
    const text = printTree(tool)
    const name = readToolDefinition(jsonOf(text))?.name ?? text
    if (!byName.has(name)) byName.set(name, tool)
  }
  return [...byName.values()]
}
