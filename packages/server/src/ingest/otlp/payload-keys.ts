/**
 * Where input and output stand, by plain key (langfuse-ingestion contract §5.6). The same lists
 * say which attributes are payloads and hence not repeated in metadata.
 */

/** Keys of the input and of the output, the first present one of each counts. */
export interface PayloadKeys {
  readonly input: readonly string[]
  readonly output: readonly string[]
}

export const LANGFUSE_KEYS: PayloadKeys = {
  input: ['langfuse.observation.input'],
  output: ['langfuse.observation.output'],
}
export const LANGFUSE_TRACE_KEYS: PayloadKeys = { input: ['langfuse.trace.input'], output: ['langfuse.trace.output'] }

export const GENKIT_KEYS: PayloadKeys = { input: ['genkit:input'], output: ['genkit:output'] }

/** Vercel AI SDK. Text and tool calls of one response are joined, see vendors/vercel.ts. */
export const VERCEL_KEYS: PayloadKeys = {
  input: ['ai.prompt.messages', 'ai.prompt', 'ai.toolCall.args'],
  output: [
    'ai.response.text',
    'ai.result.text',
    'ai.toolCall.result',
    'ai.response.object',
    'ai.result.object',
    'ai.response.toolCalls',
    'ai.result.toolCalls',
  ],
}

export const FLUE_KEYS: PayloadKeys = {
  input: ['flue.turn.input', 'flue.tool.arguments', 'flue.task.prompt', 'flue.workflow.payload'],
  output: ['flue.turn.output', 'flue.tool.result', 'flue.task.result', 'flue.operation.result', 'flue.workflow.result'],
}

/** Google ADK: model calls, then tool calls. */
export const ADK_KEYS: PayloadKeys = {
  input: ['gcp.vertex.agent.llm_request', 'gcp.vertex.agent.tool_call_args'],
  output: ['gcp.vertex.agent.llm_response', 'gcp.vertex.agent.tool_response'],
}

export const LOGFIRE_KEYS: PayloadKeys = { input: ['prompt'], output: ['all_messages_events'] }
export const LOGFIRE_EVENTS_KEY = 'events'

export const LIVEKIT_KEYS: PayloadKeys = {
  input: ['lk.input_text', 'lk.user_transcript', 'lk.chat_ctx'],
  output: ['lk.function_tool.output', 'lk.response.text'],
}

export const MLFLOW_KEYS: PayloadKeys = { input: ['mlflow.spanInputs'], output: ['mlflow.spanOutputs'] }
export const TRACELOOP_KEYS: PayloadKeys = { input: ['traceloop.entity.input'], output: ['traceloop.entity.output'] }
export const OPENINFERENCE_KEYS: PayloadKeys = { input: ['input.value'], output: ['output.value'] }
/** Pydantic AI, Pipecat. */
export const PLAIN_KEYS: PayloadKeys = { input: ['input'], output: ['output'] }

export const PYDANTIC_KEYS: PayloadKeys = { input: ['pydantic_ai.all_messages'], output: ['final_result'] }
export const TOOL_KEYS: PayloadKeys = { input: ['tool_arguments'], output: ['tool_response'] }

/** OpenTelemetry's conventions for generative AI. */
export const GEN_AI_KEYS: PayloadKeys = { input: ['gen_ai.input.messages'], output: ['gen_ai.output.messages'] }
export const GEN_AI_TOOL_KEYS: PayloadKeys = {
  input: ['gen_ai.tool.call.arguments'],
  output: ['gen_ai.tool.call.result'],
}
export const SYSTEM_INSTRUCTIONS_KEY = 'gen_ai.system_instructions'

/** Values spread over dotted keys, `gen_ai.prompt.0.content` (OpenLLMetry, OpenLit; OpenInference). */
export const SPREAD_PREFIXES = [
  { input: 'gen_ai.prompt', output: 'gen_ai.completion' },
  { input: 'llm.input_messages', output: 'llm.output_messages' },
] as const

const ALL: readonly PayloadKeys[] = [
  LANGFUSE_KEYS,
  LANGFUSE_TRACE_KEYS,
  GENKIT_KEYS,
  VERCEL_KEYS,
  FLUE_KEYS,
  ADK_KEYS,
  LOGFIRE_KEYS,
  LIVEKIT_KEYS,
  MLFLOW_KEYS,
  TRACELOOP_KEYS,
  OPENINFERENCE_KEYS,
  PLAIN_KEYS,
  PYDANTIC_KEYS,
  TOOL_KEYS,
  GEN_AI_KEYS,
  GEN_AI_TOOL_KEYS,
]
const PLAIN: ReadonlySet<string> = new Set([
  ...ALL.flatMap(({ input, output }) => [...input, ...output]),
  LOGFIRE_EVENTS_KEY,
  SYSTEM_INSTRUCTIONS_KEY,
])
const SPREAD = SPREAD_PREFIXES.flatMap(({ input, output }) => [input, output])

/** True for attributes that hold an input or output in one of the known conventions. */
export function isPayloadKey(key: string): boolean {
  return PLAIN.has(key) || SPREAD.some((prefix) => key.startsWith(prefix))
}
