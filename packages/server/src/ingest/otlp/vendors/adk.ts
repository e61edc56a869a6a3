import { genAiUsage, takeOut } from '#ingest/otlp/gen-ai-usage.ts'
import type { Attributes } from '#ingest/otlp/otlp-request.ts'
import { ADK_KEYS } from '#ingest/otlp/payload-keys.ts'
import { isPresent, type Payload, type PayloadCarrier, payloadOf } from '#ingest/otlp/payload-source.ts'
import { isFields, parsedFields } from '#ingest/otlp/values.ts'

export const ADK_SCOPE = 'gcp.vertex.agent'

/** Google ADK writes `{}` where it keeps a body back; a tool's body is then the one to take. */
export function adkPayload({ attributes }: PayloadCarrier): Payload | undefined {
  return payloadOf(bodyAt(attributes, ADK_KEYS.input), bodyAt(attributes, ADK_KEYS.output))
}

function bodyAt(attributes: Attributes, keys: readonly string[]): unknown {
  return keys.map((key) => attributes.get(key)).find((value) => isPresent(value) && value !== '{}')
}

/** The counts of a model call; those of cached tokens only the response itself may have. */
export function adkUsage(attributes: Attributes): Record<string, number> | undefined {
  const usage = genAiUsage(attributes)
  const response = parsedFields(attributes.get('gcp.vertex.agent.llm_response'))
  const reported = response?.['usage_metadata']
  const cached = isFields(reported) ? reported['cached_content_token_count'] : undefined
  if (!usage || typeof cached !== 'number' || usage['input_cached_tokens'] !== undefined) return usage
  const counts = new Map(Object.entries(usage)).set('input_cached_tokens', cached)
  takeOut(counts, 'input', ['input_cached_tokens'])
  return Object.fromEntries(counts)
}
