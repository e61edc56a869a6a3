import { FLUE_KEYS } from '#ingest/otlp/payload-keys.ts'
import { type Payload, type PayloadCarrier, payloadOf, presentAt } from '#ingest/otlp/payload-source.ts'
import { exactJson } from '#ingest/otlp/values.ts'

/** Flue writes all payloads as JSON, texts included. */
export function fluePayload({ attributes, scopeName }: PayloadCarrier): Payload | undefined {
  if (scopeName !== '@flue/opentelemetry') return undefined
  const input = presentAt(attributes, FLUE_KEYS.input)
  const output = presentAt(attributes, FLUE_KEYS.output)
  return payloadOf(decoded(input), decoded(output))
}

function decoded(value: unknown): unknown {
  return typeof value === 'string' ? (exactJson(value) ?? value) : value
}
