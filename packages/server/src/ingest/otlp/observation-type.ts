import { OBSERVATION_TYPES, type ObservationType } from '#domain/observation.ts'
import {
  COMPLETION_START,
  COST_DETAILS,
  MODEL_OF_GENERATION,
  MODEL_OF_VERCEL,
  OBSERVATION_TYPE,
  OPERATION,
} from './attributes.ts'
import type { Attributes, Scope } from './otlp-request.ts'
import type { SpanSource } from './span-source.ts'
import { firstTruthy } from './values.ts'

type TypeRule = (source: SpanSource) => ObservationType | undefined
type TypeTable = Readonly<Record<string, ObservationType>>

/** What a span is: the first rule that can tell (langfuse-ingestion contract §5.4, in its order). */
export function observationType(source: SpanSource): ObservationType {
  for (const rule of RULES) {
    const type = rule(source)
    if (type !== undefined) return type
  }
  return 'SPAN'
}

const LANGFUSE_TYPES: TypeTable = Object.fromEntries(OBSERVATION_TYPES.map((type) => [type.toLowerCase(), type]))

const OPENINFERENCE_KINDS: TypeTable = {
  CHAIN: 'CHAIN',
  RETRIEVER: 'RETRIEVER',
  LLM: 'GENERATION',
  EMBEDDING: 'EMBEDDING',
  AGENT: 'AGENT',
  TOOL: 'TOOL',
  GUARDRAIL: 'GUARDRAIL',
  EVALUATOR: 'EVALUATOR',
}

const GEN_AI_OPERATIONS: TypeTable = {
  chat: 'GENERATION',
  completion: 'GENERATION',
  text_completion: 'GENERATION',
  generate_content: 'GENERATION',
  generate: 'GENERATION',
  embeddings: 'EMBEDDING',
  invoke_agent: 'AGENT',
  create_agent: 'AGENT',
  execute_tool: 'TOOL',
}

const GENKIT_SUBTYPES: TypeTable = {
  model: 'GENERATION',
  'background-model': 'GENERATION',
  embedder: 'EMBEDDING',
  tool: 'TOOL',
  'tool.v2': 'TOOL',
  retriever: 'RETRIEVER',
  evaluator: 'EVALUATOR',
}

const VERCEL_MODEL_OPERATIONS: TypeTable = {
  'ai.generateText.doGenerate': 'GENERATION',
  'ai.streamText.doStream': 'GENERATION',
  'ai.generateObject.doGenerate': 'GENERATION',
  'ai.streamObject.doStream': 'GENERATION',
  'ai.embed.doEmbed': 'EMBEDDING',
  'ai.embedMany.doEmbed': 'EMBEDDING',
}

const LIVEKIT_SPANS: TypeTable = { agent_turn: 'AGENT', start_agent_activity: 'AGENT', function_tool: 'TOOL' }

const RULES: readonly TypeRule[] = [
  earlyPythonGeneration,
  ({ attributes }) => lookUp(LANGFUSE_TYPES, attributes.get(OBSERVATION_TYPE)),
  ({ attributes }) => lookUp(OPENINFERENCE_KINDS, attributes.get('openinference.span.kind')),
  ({ attributes }) => lookUp(GEN_AI_OPERATIONS, attributes.get(OPERATION)),
  ({ attributes }) => lookUp(GENKIT_SUBTYPES, attributes.get('genkit:metadata:subtype')),
  vercelModelCall,
  ({ attributes }) => (vercelOperation(attributes).startsWith('ai.toolCall') ? 'TOOL' : undefined),
  ({ attributes }) => (firstTruthy(attributes, ['gen_ai.tool.name', 'gen_ai.tool.call.id']) ? 'TOOL' : undefined),
  ({ attributes }) => (firstTruthy(attributes, ['flue.tool.name', 'flue.tool.call_id']) ? 'TOOL' : undefined),
  ({ attributes }) => (firstTruthy(attributes, ['flue.task.id', 'flue.task.agent']) ? 'AGENT' : undefined),
  ({ scope, span }) => (scope.name === 'livekit-agents' ? lookUp(LIVEKIT_SPANS, span.name) : undefined),
  ({ attributes }) => (firstTruthy(attributes, MODEL_OF_GENERATION) ? 'GENERATION' : undefined),
]

/** The Python SDK to 3.3 sent `span` for generations too. */
const MARKS_OF_GENERATION = [
  'langfuse.observation.model.name',
  COST_DETAILS,
  'langfuse.observation.usage_details',
  COMPLETION_START,
  'langfuse.observation.model.parameters',
  'langfuse.observation.prompt.name',
  'langfuse.observation.prompt.version',
] as const

function earlyPythonGeneration({ attributes, scope, resource }: SpanSource): ObservationType | undefined {
  if (attributes.get(OBSERVATION_TYPE) !== 'span' || !isEarlySdk(scope)) return undefined
  if (resource.get('telemetry.sdk.language') !== 'python') return undefined
  return firstTruthy(attributes, MARKS_OF_GENERATION) ? 'GENERATION' : undefined
}

function isEarlySdk(scope: Scope): boolean {
  if (scope.name !== 'langfuse-sdk') return false
  const [major = 0, minor = 0] = scope.version.split('.').map((part) => Number.parseInt(part, 10) || 0)
  return major < 3 || (major === 3 && minor <= 3)
}

function vercelModelCall({ attributes }: SpanSource): ObservationType | undefined {
  const type = lookUp(VERCEL_MODEL_OPERATIONS, vercelOperation(attributes))
  return type !== undefined && firstTruthy(attributes, MODEL_OF_VERCEL) ? type : undefined
}

/** `operation.name` is the operation, and after a space the caller's function id. */
function vercelOperation(attributes: Attributes): string {
  const id = attributes.get('ai.operationId')
  if (typeof id === 'string') return id
  const name = attributes.get('operation.name')
  return typeof name === 'string' ? (name.split(' ', 1)[0] ?? '') : ''
}

function lookUp(table: TypeTable, key: unknown): ObservationType | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined
}
