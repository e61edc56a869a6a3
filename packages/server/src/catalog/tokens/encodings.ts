import { createRequire } from 'node:module'
import { z } from 'zod'

/** The encodings of OpenAI's models. */
export type EncodingName = 'o200k_base' | 'cl100k_base' | 'p50k_base' | 'r50k_base'

/** Counts the tokens of a text; what looks like a special token counts as one. */
export type CountTokens = (text: string) => number

const FAMILIES: readonly (readonly [RegExp, EncodingName])[] = [
  [/^(?:gpt-4o|gpt-4\.[15]|gpt-[5-9]|chatgpt-4o|o\d)(?:$|[-.])/, 'o200k_base'],
  [/^(?:gpt-4|gpt-3\.5|gpt-35)(?:$|-)/, 'cl100k_base'],
  [/^(?:text-embedding-(?:ada-002|3-small|3-large)|davinci-002|babbage-002)$/, 'cl100k_base'],
  [/^(?:text-davinci-00[23]|code-davinci-00[12]|code-cushman-00[12])$/, 'p50k_base'],
  [/^(?:(?:text-)?(?:davinci|curie|babbage|ada)(?:-001)?)$/, 'r50k_base'],
]

/** The encoding of an OpenAI model; undefined for a name that tiktoken would not know either. */
export function encodingOf(tokenizerModel: string): EncodingName | undefined {
  const name = tokenizerModel.replace(/^ft:/, '').replace(/:.*$/s, '')
  return FAMILIES.find(([family]) => family.test(name))?.[1]
}

/** True for models that take messages: those add tokens around each. */
export function isChatModel(tokenizerModel: string): boolean {
  return /^(?:ft:)?(?:gpt-|chatgpt-|o\d)/.test(tokenizerModel) && !tokenizerModel.includes('instruct')
}

/** Texts that are one token each. */
const SPECIAL: Readonly<Record<EncodingName, RegExp>> = {
  o200k_base: /<\|(?:endoftext|endofprompt)\|>/,
  cl100k_base: /<\|(?:endoftext|endofprompt|fim_prefix|fim_middle|fim_suffix)\|>/,
  p50k_base: /<\|endoftext\|>/,
  r50k_base: /<\|endoftext\|>/,
}

// A dynamic import would be a promise, and counting is a step of a pure, synchronous pipeline.
const require = createRequire(import.meta.url)

const MODULES: Readonly<Record<EncodingName, () => unknown>> = {
  o200k_base: () => require('gpt-tokenizer/encoding/o200k_base'),
  cl100k_base: () => require('gpt-tokenizer/encoding/cl100k_base'),
  p50k_base: () => require('gpt-tokenizer/encoding/p50k_base'),
  r50k_base: () => require('gpt-tokenizer/encoding/r50k_base'),
}

const Encoding = z.object({ countTokens: z.function({ input: [z.string(), z.unknown()], output: z.number() }) })

/** Loads an encoding: 0.2 to 0.4 s and 60 MB, so only when the first text asks for it. */
export function loadEncoding(name: EncodingName): CountTokens {
  const { countTokens } = Encoding.parse(MODULES[name]())
  // The library sees special tokens at the start of a text only, so they are taken out before it counts.
  const countOrdinary = (text: string) => countTokens(text, { disallowedSpecial: new Set() })
  return (text) => {
    const parts = text.split(SPECIAL[name])
    return parts.reduce((sum, part) => sum + countOrdinary(part), parts.length - 1)
  }
}
