import { type Counts, takeOut } from '#ingest/otlp/gen-ai-usage.ts'
import type { Attributes } from '#ingest/otlp/otlp-request.ts'
import { type Fields, isFields, parsedFields } from '#ingest/otlp/values.ts'

const INPUT = [
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.input_tokens',
  'ai.usage.inputTokens',
  'ai.usage.promptTokens',
]
const OUTPUT = [
  'gen_ai.usage.completion_tokens',
  'gen_ai.usage.output_tokens',
  'ai.usage.outputTokens',
  'ai.usage.completionTokens',
]
const TOTAL = ['ai.usage.tokens']
const CACHED = ['ai.usage.cachedInputTokens']
const REASONING = ['ai.usage.reasoningTokens']

const OPENAI = {
  cachedPromptTokens: 'input_cached_tokens',
  acceptedPredictionTokens: 'accepted_prediction_tokens',
  rejectedPredictionTokens: 'rejected_prediction_tokens',
  reasoningTokens: 'output_reasoning_tokens',
} as const
const ANTHROPIC = {
  cache_creation_input_tokens: 'input_cache_creation',
  cache_read_input_tokens: 'input_cached_tokens',
} as const
const ANTHROPIC_LIFETIMES = {
  ephemeral_5m_input_tokens: 'input_cache_creation_5m',
  ephemeral_1h_input_tokens: 'input_cache_creation_1h',
} as const
const BEDROCK = {
  cacheReadInputTokens: 'input_cache_read',
  cacheWriteInputTokens: 'input_cache_write',
  cacheCreationInputTokens: 'input_cache_creation',
} as const

const PARTS_OF_INPUT = [
  'input_cached_tokens',
  'input_cache_creation',
  'input_cache_creation_5m',
  'input_cache_creation_1h',
  'input_cache_read',
]

/**
 * The counts of a model call of the Vercel AI SDK, with what the provider adds (langfuse-ingestion
 * contract §5.7-3). Undefined where nothing is reported.
 */
export function vercelUsage(attributes: Attributes): Record<string, number> | undefined {
  const counts: Counts = new Map()
  set(counts, 'input', numberAt(attributes, INPUT))
  set(counts, 'output', numberAt(attributes, OUTPUT))
  set(counts, 'total', numberAt(attributes, TOTAL))
  set(counts, 'input_cached_tokens', numberAt(attributes, CACHED))
  set(counts, 'output_reasoning_tokens', numberAt(attributes, REASONING))
  addProvider(counts, parsedFields(attributes.get('ai.response.providerMetadata')))
  if (counts.size === 0) return undefined
  takeOut(counts, 'input', PARTS_OF_INPUT)
  takeOut(counts, 'output', ['output_reasoning_tokens'])
  return Object.fromEntries(counts)
}

function addProvider(counts: Counts, metadata: Fields | undefined): void {
  rename(counts, metadata?.['openai'], OPENAI)
  const anthropic = member(metadata?.['anthropic'], 'usage')
  rename(counts, anthropic, ANTHROPIC)
  const lifetimes = member(anthropic, 'cache_creation')
  if (lifetimes !== undefined) {
    rename(counts, lifetimes, ANTHROPIC_LIFETIMES)
    takeOut(counts, 'input_cache_creation', Object.values(ANTHROPIC_LIFETIMES))
  }
  rename(counts, member(metadata?.['bedrock'], 'usage'), BEDROCK)
}

function rename(counts: Counts, provider: unknown, names: Readonly<Record<string, string>>): void {
  if (!isFields(provider)) return
  for (const [sent, name] of Object.entries(names)) set(counts, name, provider[sent])
}

function set(counts: Counts, name: string, count: unknown): void {
  if (typeof count === 'number' && Number.isFinite(count)) counts.set(name, count)
}

function member(value: unknown, name: string): unknown {
  return isFields(value) ? value[name] : undefined
}

/** The first count that is present, as number or digits. */
function numberAt(attributes: Attributes, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = attributes.get(key)
    if (typeof value === 'number') return value
    if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value)
  }
  return undefined
}
