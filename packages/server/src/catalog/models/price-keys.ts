import type { Rates } from './price-table.ts'

type Rate = keyof Rates

/**
 * Under which names SDKs send each kind of unit (langfuse-ingestion contract §4.4, §11.2). A price counts first for a
 * usage type of exactly its name, and once for each kind under the other names of `usage-families.ts`: these are more, and
 * with a price of their own two of them beside each other would be paid twice.
 */
const SPELLINGS: Readonly<Record<Rate, readonly string[]>> = {
  input: ['input', 'input_tokens', 'input_text', 'input_text_tokens', 'prompt_tokens', 'prompt_token_count'],
  output: [
    'output',
    'output_tokens',
    'output_text',
    'output_text_tokens',
    'completion_tokens',
    'candidates_token_count',
    'output_accepted_prediction_tokens',
    'output_rejected_prediction_tokens',
  ],
  cacheRead: [
    'input_cached_tokens',
    'input_cached',
    'input_cache_read',
    'input_cache_read_tokens',
    'cache_read_input_tokens',
    'cached_content_token_count',
  ],
  cacheWrite: [
    'input_cache_creation',
    'input_cache_creation_5m',
    'input_cache_creation_tokens',
    'input_cache_write',
    'input_cache_write_tokens',
    'cache_creation_input_tokens',
    'cache_write_tokens',
  ],
  cacheWrite1h: ['input_cache_creation_1h'],
  reasoning: ['output_reasoning', 'output_reasoning_tokens', 'reasoning_tokens', 'thoughts_token_count'],
  inputAudio: ['input_audio', 'input_audio_tokens'],
  outputAudio: ['output_audio', 'output_audio_tokens'],
  cacheAudioRead: ['input_cached_audio_tokens'],
  inputImage: ['input_image', 'input_image_tokens'],
  outputImage: ['output_image', 'output_image_tokens'],
  webSearch: ['web_search_requests', 'web_searches', 'web_search_queries'],
}

/** A unit without a price of its own costs what the wider kind costs. */
const PARENT: Readonly<Partial<Record<Rate, Rate>>> = {
  cacheRead: 'input',
  cacheWrite: 'input',
  cacheWrite1h: 'cacheWrite',
  reasoning: 'output',
  inputAudio: 'input',
  outputAudio: 'output',
  cacheAudioRead: 'cacheRead',
  inputImage: 'input',
  outputImage: 'output',
}

const RATES: readonly Rate[] = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'reasoning',
  'inputAudio',
  'outputAudio',
  'cacheAudioRead',
  'inputImage',
  'outputImage',
  'webSearch',
]

/** Usage type → dollars a unit, for every spelling of every unit that has a price. */
export function pricesOf(rates: Rates): Record<string, number> {
  const prices: Record<string, number> = {}
  for (const rate of RATES) {
    const price = rateOf(rates, rate)
    if (price === undefined) continue
    for (const key of SPELLINGS[rate]) prices[key] = perUnit(price, rate === 'webSearch' ? 1_000 : 1_000_000)
  }
  // Embedding clients send nothing but the total (contract §11.5).
  if (rates.input !== undefined && rates.output === undefined) prices['total'] = perUnit(rates.input, 1_000_000)
  return prices
}

function rateOf(rates: Rates, rate: Rate): number | undefined {
  const parent = PARENT[rate]
  return rates[rate] ?? (parent && rateOf(rates, parent))
}

/** Twelve digits: 0.075 / 1e6 is 7.5e-8, not 7.500000000000001e-8. */
function perUnit(price: number, units: number): number {
  return Number((price / units).toPrecision(12))
}
