import { JsonText } from '#lib/json/json-text.ts'
import { MODEL_PARAMETERS, PARAMETER_OBJECTS, PARAMETER_PREFIXES, VERCEL_PARAMETERS } from './attributes.ts'
import type { Attributes, Value } from './otlp-request.ts'
import type { SpanSource } from './span-source.ts'
import { firstPresent, isFields, type Members, membersOf, parsedFields, printMembers, textOf } from './values.ts'
import { GENKIT_SCOPE, genkitConfig } from './vendors/genkit.ts'
import { VERCEL_SCOPE } from './vendors/vercel.ts'

/** JSON text of the model's parameters, text and numbers as sent, all else as JSON text (langfuse-ingestion contract §5.5). */
export function modelParameters({ attributes, scope }: SpanSource): string | undefined {
  const parameters = new Map<string, unknown>()
  for (const [name, value] of findParameters(attributes, scope.name)) parameters.set(name, readable(value))
  return parameters.size === 0 ? undefined : printMembers(parameters)
}

function findParameters(attributes: Attributes, scopeName: string): Members {
  const explicit = membersOf(attributes.get(MODEL_PARAMETERS))
  if (scopeName === VERCEL_SCOPE) return [...vercelParameters(attributes), ...(explicit ?? [])]
  if (explicit !== undefined) return explicit
  const config = scopeName === GENKIT_SCOPE ? genkitConfig(attributes) : undefined
  if (config !== undefined) return Object.entries(config)
  for (const key of PARAMETER_OBJECTS) {
    const object = membersOf(attributes.get(key))
    if (object !== undefined) return object
  }
  return spreadParameters(attributes)
}

function* spreadParameters(attributes: Attributes): Members {
  for (const [key, value] of attributes) {
    const prefix = PARAMETER_PREFIXES.find((candidate) => key.startsWith(candidate))
    const name = prefix === undefined ? '' : key.slice(prefix.length)
    if (name !== '' && name !== 'model') yield [name, value]
  }
}

/** The settings that the Vercel AI SDK reports, as text. */
function* vercelParameters(attributes: Attributes): Members {
  for (const [name, keys] of Object.entries<readonly string[]>(VERCEL_PARAMETERS)) {
    const value = (name === 'service_tier' ? providerTier(attributes) : undefined) ?? firstPresent(attributes, keys)
    if (value !== undefined) yield [name, textOf(value)]
  }
}

/** The tier that answered, where it is not the one that was asked for. */
function providerTier(attributes: Attributes): Value | undefined {
  const openai = parsedFields(attributes.get('ai.response.providerMetadata'))?.['openai']
  const tier = isFields(openai) ? openai['serviceTier'] : undefined
  return typeof tier === 'string' ? tier : undefined
}

function readable(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (value instanceof JsonText && /^["\-\d]/.test(value.text)) return value
  return textOf(value)
}
