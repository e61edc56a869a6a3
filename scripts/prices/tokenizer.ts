const WITHOUT = /image|audio|realtime|transcribe|tts|whisper|moderation|gpt-oss/

/** Families of OpenAI's models, and a model of which tiktoken knows the encoding that all of the family use. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^gpt-3\.5-0301$/, 'gpt-3.5-turbo-0301'],
  [/^gpt-3\.5-turbo-instruct/, 'gpt-3.5-turbo-instruct'],
  [/^gpt-3\.5/, 'gpt-3.5-turbo'],
  [/^gpt-4(?:$|-)/, 'gpt-4'],
  [/^(?:gpt-|chatgpt-4o|o\d|codex-|computer-use)/, 'gpt-4o'],
  [/^text-embedding/, 'text-embedding-ada-002'],
  [/^text-davinci-00[23]/, 'text-davinci-003'],
  [/^(?:ada|babbage|curie|davinci)/, 'davinci'],
]

/** What counts the tokens of a model whose client does not: `claude`, a model that tiktoken knows, or nothing. */
export function tokenizerOf(provider: string, id: string): string | undefined {
  if (provider === 'anthropic' || id.includes('anthropic.')) return 'claude'
  if (provider !== 'openai' || WITHOUT.test(id)) return undefined
  const base = id.replace(/^ft:/, '')
  return FAMILIES.find(([family]) => family.test(base))?.[1]
}
