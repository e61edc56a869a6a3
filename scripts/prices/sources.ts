/** Which providers of the price source are taken, in the order in which the finder tries their models. */
export interface Source {
  readonly provider: string
  /** Names under which the provider's models are also sent: `azure/gpt-4o`, `google-gla:gemini-2.5-pro`. */
  readonly prefixes: readonly string[]
  /** What a name must begin with, as a regular expression; else the prefixes are optional. */
  readonly head?: string
  /** What may follow any name, as a regular expression. */
  readonly tail?: string
  takes?(id: string): boolean
}

const BEDROCK = 'ai21|amazon|anthropic|cohere|deepseek|google|meta|mistral|nvidia|openai|qwen'

/** Models that only their maker runs have no size in their names. */
export const isOpenWeights = (id: string) => /\d+b\b/i.test(id)

const isVariant = (id: string) => id.startsWith('~') || /:(?:free|batch|beta)$/.test(id) || !id.includes('/')

/**
 * Bedrock first, as its names hold those of the makers; then the makers; then hosts of open models; the
 * gateway last, for what nobody before it prices.
 */
export const SOURCES: readonly Source[] = [
  { provider: 'aws', prefixes: [], head: `(?=(?:.*[/.:])?(?:${BEDROCK})\\.)` },
  {
    provider: 'openai',
    prefixes: ['openai', 'azure', 'azure_ai', 'azure_openai', 'azure-openai', 'openai-chat', 'openai-responses'],
  },
  {
    provider: 'anthropic',
    prefixes: ['anthropic', 'azure_ai', 'vertex_ai', 'vertex', 'google-vertex', '(?:.*/)?publishers/anthropic/models'],
    tail: '(?:@[\\w-]+|:beta|:thinking)?',
  },
  {
    provider: 'google',
    prefixes: [
      'google',
      'gemini',
      'google-gla',
      'google-vertex',
      'google_genai',
      'google_vertexai',
      'vertex_ai',
      'vertex',
      'models',
      '(?:.*/)?publishers/google/models',
    ],
    takes: (id) => !id.startsWith('claude'),
  },
  { provider: 'mistral', prefixes: ['mistral', 'mistralai'], takes: (id) => !id.endsWith(':free') },
  { provider: 'deepseek', prefixes: ['deepseek'] },
  { provider: 'x-ai', prefixes: ['x-ai', 'xai'] },
  { provider: 'cohere', prefixes: ['cohere', 'cohere_chat'] },
  { provider: 'perplexity', prefixes: ['perplexity'] },
  { provider: 'moonshotai', prefixes: ['moonshot', 'moonshotai'] },
  { provider: 'voyageai', prefixes: ['voyage', 'voyageai'] },
  { provider: 'groq', prefixes: ['groq'] },
  { provider: 'cerebras', prefixes: ['cerebras'] },
  { provider: 'together', prefixes: ['together', 'together_ai'] },
  { provider: 'fireworks', prefixes: ['fireworks', 'fireworks_ai'] },
  { provider: 'openrouter', prefixes: [], takes: (id) => !isVariant(id) },
]
