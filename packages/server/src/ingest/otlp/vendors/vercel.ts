import { genAiMessages } from '#ingest/otlp/gen-ai-messages.ts'
import type { Attributes } from '#ingest/otlp/otlp-request.ts'
import { VERCEL_KEYS } from '#ingest/otlp/payload-keys.ts'
import { type Payload, type PayloadCarrier, presentAt } from '#ingest/otlp/payload-source.ts'
import { exactJson } from '#ingest/otlp/values.ts'

/** The instrumentation scope of the Vercel AI SDK. */
export const VERCEL_SCOPE = 'ai'

/** A side that the SDK's own attributes leave open is read as version 7 writes it. */
export function vercelPayload(carrier: PayloadCarrier): Payload | undefined {
  if (carrier.scopeName !== VERCEL_SCOPE) return undefined
  const { attributes } = carrier
  const input = presentAt(attributes, VERCEL_KEYS.input)
  const output = joinedResponse(attributes) ?? presentAt(attributes, VERCEL_KEYS.output)
  if (input !== undefined && output !== undefined) return { input, output }
  const messages = genAiMessages(carrier)
  return { input: input ?? messages?.input, output: output ?? messages?.output }
}

/** A response of text and tool calls as one message. */
function joinedResponse(attributes: Attributes): object | undefined {
  const content = attributes.get('ai.response.text')
  const calls = attributes.get('ai.response.toolCalls')
  if (!content || !calls) return undefined
  return { role: 'assistant', content, tool_calls: typeof calls === 'string' ? (exactJson(calls) ?? calls) : calls }
}
