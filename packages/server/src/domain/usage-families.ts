/**
 * One kind of unit has many names: each SDK, provider and price list spells cached input its own
 * way (langfuse-ingestion contract §4.4, §11.2). A family lists the spellings of one kind.
 */
export interface UsageFamily {
  readonly names: readonly string[]
  /** Whose price stands in where the family has none of its own, nearest first. */
  readonly substitutes: readonly UsageFamily[]
}

export const INPUT = family(['input', 'input_tokens', 'prompt_tokens', 'prompt_token_count'])
const OUTPUT = family(['output', 'output_tokens', 'completion_tokens', 'candidates_token_count'])

export const CACHE_READ = family(
  [
    'input_cached_tokens',
    'input_cache_read',
    'input_cache_read_tokens',
    'cache_read_input_tokens',
    'cache_read_tokens',
    'input_cached',
    'cached_tokens',
    'cached_content_token_count',
  ],
  [INPUT],
)
const CACHE_WRITE = family(
  [
    'input_cache_creation',
    'input_cache_creation_tokens',
    'cache_creation_input_tokens',
    'input_cache_write',
    'input_cache_write_tokens',
    'cache_write_tokens',
  ],
  [INPUT],
)

const FAMILIES: readonly UsageFamily[] = [
  INPUT,
  OUTPUT,
  CACHE_READ,
  CACHE_WRITE,
  family(['input_cache_creation_5m', 'input_ephemeral_5m_input_tokens'], [CACHE_WRITE, INPUT]),
  family(['input_cache_creation_1h', 'input_ephemeral_1h_input_tokens'], [CACHE_WRITE, INPUT]),
  family(
    ['output_reasoning', 'output_reasoning_tokens', 'reasoning_tokens', 'thoughts_token_count', 'output_thoughts'],
    [OUTPUT],
  ),
  family(['output_accepted_prediction_tokens'], [OUTPUT]),
  family(['output_rejected_prediction_tokens'], [OUTPUT]),
  family(['input_text', 'input_text_tokens'], [INPUT]),
  family(['output_text', 'output_text_tokens'], [OUTPUT]),
  family(['input_audio', 'input_audio_tokens'], [INPUT]),
  family(['output_audio', 'output_audio_tokens'], [OUTPUT]),
  family(['input_image', 'input_image_tokens'], [INPUT]),
  family(['output_image', 'output_image_tokens'], [OUTPUT]),
]

const BY_NAME: ReadonlyMap<string, UsageFamily> = new Map(
  FAMILIES.flatMap((one) => one.names.map((name) => [name, one] as const)),
)

/** The family of a usage type, if it belongs to one. */
export function familyOf(usageType: string): UsageFamily | undefined {
  return BY_NAME.get(usageType)
}

function family(names: readonly string[], substitutes: readonly UsageFamily[] = []): UsageFamily {
  return { names, substitutes }
}
