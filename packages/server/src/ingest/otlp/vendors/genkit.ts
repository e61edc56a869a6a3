import type { Attributes } from '#ingest/otlp/otlp-request.ts'
import { GENKIT_KEYS } from '#ingest/otlp/payload-keys.ts'
import { type Payload, type PayloadCarrier, presentAt } from '#ingest/otlp/payload-source.ts'
import { type Fields, isFields, parsedFields } from '#ingest/otlp/values.ts'
import { parseJson } from '#lib/json/parse.ts'

export const GENKIT_SCOPE = 'genkit-tracer'

const INNER: ReadonlySet<string> = new Set(['messages', 'message'])

/** Genkit keeps the chat within its input and output, beside settings and counters. */
export function genkitPayload({ attributes, scopeName }: PayloadCarrier): Payload | undefined {
  if (scopeName !== GENKIT_SCOPE) return undefined
  return {
    input: inner(presentAt(attributes, GENKIT_KEYS.input), 'messages'),
    output: inner(presentAt(attributes, GENKIT_KEYS.output), 'message'),
  }
}

/** The settings of a model call, undefined for other spans. */
export function genkitConfig(attributes: Attributes): Fields | undefined {
  const config = parsedFields(attributes.get('genkit:input'))?.['config']
  return isFields(config) ? config : undefined
}

/** The counts of a model call by Genkit's names. */
export function genkitUsage(attributes: Attributes): Record<string, number> | undefined {
  const usage = parsedFields(attributes.get('genkit:output'))?.['usage']
  if (!isFields(usage)) return undefined
  const { inputTokens, outputTokens, totalTokens, thoughtsTokens } = usage
  const counts: Record<string, number> = {}
  if (typeof inputTokens === 'number') counts['input'] = inputTokens
  const thoughts = typeof thoughtsTokens === 'number' ? thoughtsTokens : 0
  if (typeof outputTokens === 'number') counts['output'] = Math.max(outputTokens - thoughts, 0)
  if (typeof totalTokens === 'number') counts['total'] = totalTokens
  if (thoughts > 0) counts['output_reasoning'] = thoughts
  return counts
}

function inner(value: unknown, name: string): unknown {
  if (typeof value !== 'string') return value
  try {
    const parsed = parseJson(value, INNER)
    return isFields(parsed) ? (parsed[name] ?? value) : value
  } catch {
    return value
  }
}
