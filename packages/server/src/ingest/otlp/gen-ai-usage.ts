import type { Attributes } from './otlp-request.ts'

/** Counts by name, not yet cleaned. */
export type Counts = Map<string, number>

const PREFIXES = ['gen_ai.usage.', 'llm.token_count.'] as const
const COST = 'cost'

/** The names that instrumentations give to one count; the first that is defined counts, a 0 too. */
const ALIASES = {
  input: ['prompt_tokens', 'input_tokens', 'prompt'],
  output: ['completion_tokens', 'output_tokens', 'completion'],
  total: ['total_tokens', 'total'],
  input_cached_tokens: [
    'cache_read.input_tokens',
    'cache_read_input_tokens',
    'cache_read_tokens',
    'details.cache_read_tokens',
    'details.cache_read_input_tokens',
    'prompt_details.cache_read',
    'input_cached_tokens',
  ],
  input_cache_creation: [
    'cache_creation.input_tokens',
    'cache_creation_input_tokens',
    'cache_write_tokens',
    'details.cache_write_tokens',
    'details.cache_creation_input_tokens',
    'prompt_details.cache_write',
    'input_cache_creation',
  ],
  output_reasoning_tokens: ['reasoning.output_tokens', 'completion_details.reasoning'],
  output_audio_tokens: ['completion_details.audio'],
} as const

const ALIAS_NAMES: ReadonlySet<string> = new Set(Object.values(ALIASES).flat())
const DETAILS = 'details.'

/**
 * The counts under `gen_ai.usage.*` and `llm.token_count.*` (langfuse-ingestion contract §5.7-5).
 * Those conventions count cached and reasoning tokens within input and output; here each token
 * counts once.
 */
export function genAiUsage(attributes: Attributes): Record<string, number> | undefined {
  const sent = sentCounts(attributes)
  if (sent.size === 0) return undefined
  const counts: Counts = new Map()
  for (const [name, aliases] of Object.entries(ALIASES)) {
    const alias = aliases.find((key) => sent.has(key))
    const count = alias === undefined ? undefined : sent.get(alias)
    if (count !== undefined) counts.set(name, count)
  }
  for (const [name, count] of sent) {
    if (!ALIAS_NAMES.has(name)) counts.set(name.startsWith(DETAILS) ? name.slice(DETAILS.length) : name, count)
  }
  takeOut(counts, 'input', ['input_cached_tokens', 'input_cache_creation'])
  takeOut(counts, 'output', ['output_reasoning_tokens', 'output_audio_tokens'])
  return Object.fromEntries(counts)
}

/** Takes the parts out of the whole, if there is one, to no less than 0. */
export function takeOut(counts: Counts, whole: string, parts: readonly string[]): void {
  const count = counts.get(whole)
  if (count === undefined) return
  const sum = parts.reduce((total, part) => total + (counts.get(part) ?? 0), 0)
  counts.set(whole, Math.max(count - sum, 0))
}

function sentCounts(attributes: Attributes): Counts {
  const sent: Counts = new Map()
  for (const [key, value] of attributes) {
    const prefix = PREFIXES.find((candidate) => key.startsWith(candidate))
    if (prefix === undefined) continue
    const name = key.slice(prefix.length)
    const count = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)
    if (name !== COST && value !== null && Number.isFinite(count)) sent.set(name, count)
  }
  return sent
}
