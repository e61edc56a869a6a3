/**
 * Which attributes fill which field, in the order in which they are asked (langfuse-ingestion
 * contract §5.5). The first that is truthy counts. A further convention is a further line here and
 * a row in span-fields.test.ts.
 */

/** Asked of the span, then of the resource, key by key. */
export const ENVIRONMENT = ['langfuse.environment', 'deployment.environment.name', 'deployment.environment'] as const

export const VERSION = 'langfuse.version'
export const SERVICE_VERSION = 'service.version'
export const RELEASE = 'langfuse.release'

export const USER_ID = [
  'langfuse.user.id',
  'user.id',
  'langfuse.observation.metadata.langfuse_user_id',
  'langfuse.trace.metadata.langfuse_user_id',
  'ai.telemetry.metadata.userId',
] as const

export const SESSION_ID = [
  'langfuse.session.id',
  'session.id',
  'gen_ai.conversation.id',
  'langfuse.observation.metadata.langfuse_session_id',
  'langfuse.trace.metadata.langfuse_session_id',
  'ai.telemetry.metadata.sessionId',
] as const

export const TAGS = [
  'langfuse.trace.tags',
  'langfuse.tags',
  'langfuse.observation.metadata.langfuse_tags',
  'langfuse.trace.metadata.langfuse_tags',
  'ai.telemetry.metadata.tags',
  'tag.tags',
] as const

export const PUBLIC = ['langfuse.trace.public', 'langfuse.public'] as const
export const TRACE_NAME = 'langfuse.trace.name'
export const AS_ROOT = 'langfuse.internal.as_root'
export const IS_APP_ROOT = 'langfuse.internal.is_app_root'

/** A truthy one of these on a span below the root says something of the trace (§5.3). */
export const TRACE_UPDATES = [
  'langfuse.trace.name',
  'langfuse.trace.input',
  'langfuse.trace.output',
  'langfuse.trace.metadata',
  'langfuse.trace.public',
  'langfuse.trace.tags',
  'user.id',
  'session.id',
  'langfuse.user.id',
  'langfuse.session.id',
  'langfuse.observation.metadata.langfuse_user_id',
  'langfuse.observation.metadata.langfuse_session_id',
  'langfuse.observation.metadata.langfuse_tags',
  'ai.telemetry.metadata.userId',
  'ai.telemetry.metadata.sessionId',
  'ai.telemetry.metadata.tags',
  'tag.tags',
] as const

/** So does any key that begins so. */
export const TRACE_METADATA_PREFIX = 'langfuse.trace.metadata'

export const LEVEL = 'langfuse.observation.level'
export const STATUS_MESSAGE = 'langfuse.observation.status_message'
export const COMPLETION_START = 'langfuse.observation.completion_start_time'
export const FIRST_CHUNK_MS = ['ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'] as const

export const MODEL = [
  'langfuse.observation.model.name',
  'gen_ai.response.model',
  'ai.model.id',
  'gen_ai.request.model',
  'llm.response.model',
  'llm.model_name',
  'langfuse.generation.model',
  'model',
] as const

/** A value in one of these makes a span a GENERATION where nothing else says what it is. */
export const MODEL_OF_GENERATION = [
  'langfuse.observation.model.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'llm.model_name',
  'langfuse.generation.model',
  'model',
] as const

/** One of these must stand beside a Vercel model operation. */
export const MODEL_OF_VERCEL = [
  'langfuse.observation.model.name',
  'ai.model.id',
  'gen_ai.request.model',
  'gen_ai.response.model',
] as const

export const MODEL_PARAMETERS = 'langfuse.observation.model.parameters'
/** JSON objects of parameters. */
export const PARAMETER_OBJECTS = ['llm.invocation_parameters', 'model_config'] as const
/** Parameters spread over keys. */
export const PARAMETER_PREFIXES = ['gen_ai.request.', 'llm.invocation_parameters.'] as const

/** What the Vercel AI SDK says of its settings, parameter → keys. */
export const VERCEL_PARAMETERS = {
  maxSteps: ['ai.settings.maxSteps'],
  toolChoice: ['ai.prompt.toolChoice'],
  maxTokens: ['gen_ai.request.max_tokens'],
  finishReason: ['gen_ai.response.finish_reasons'],
  system: ['gen_ai.system'],
  maxRetries: ['ai.settings.maxRetries'],
  mode: ['ai.settings.mode'],
  temperature: ['gen_ai.request.temperature'],
  service_tier: ['gen_ai.request.service_tier', 'gen_ai.openai.request.service_tier'],
} as const

export const PROMPT_NAME = ['langfuse.observation.prompt.name', 'langfuse.prompt.name'] as const
export const PROMPT_VERSION = ['langfuse.observation.prompt.version', 'langfuse.prompt.version'] as const
export const VERCEL_PROMPT = 'ai.telemetry.metadata.langfusePrompt'

export const USAGE_DETAILS = 'langfuse.observation.usage_details'
export const COST_DETAILS = 'langfuse.observation.cost_details'
export const TOTAL_COST = ['gen_ai.usage.cost', 'llm.cost.total'] as const

export const OBSERVATION_TYPE = 'langfuse.observation.type'
export const OPERATION = 'gen_ai.operation.name'

/** Spans of these operations repeat the model and the counts of the calls below them. */
export const SUMMARY_OPERATIONS: ReadonlySet<unknown> = new Set(['invoke_agent', 'agent_step'])
