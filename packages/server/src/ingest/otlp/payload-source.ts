import type { Attributes, SpanEvent } from './otlp-request.ts'
import type { PayloadKeys } from './payload-keys.ts'

/** What input and output are read from: a span, or one of its events. */
export interface PayloadCarrier {
  readonly scopeName: string
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
}

/** Values as sent; a side that is absent, null or '' has none. */
export interface Payload {
  readonly input?: unknown
  readonly output?: unknown
}

/** One convention. Undefined when the span does not follow it, so that the next one is asked. */
export type PayloadSource = (carrier: PayloadCarrier) => Payload | undefined

/** The convention of plain keys. */
export function payloadAt(attributes: Attributes, keys: PayloadKeys): Payload | undefined {
  return payloadOf(presentAt(attributes, keys.input), presentAt(attributes, keys.output))
}

/** The payload, or undefined when it has neither side. */
export function payloadOf(input: unknown, output: unknown): Payload | undefined {
  return isPresent(input) || isPresent(output) ? { input, output } : undefined
}

/** The first value of these keys that says something. */
export function presentAt(attributes: Attributes, keys: readonly string[]): unknown {
  for (const key of keys) {
    const value = attributes.get(key)
    if (isPresent(value)) return value
  }
  return undefined
}

export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
