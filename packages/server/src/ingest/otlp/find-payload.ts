/** Input and output of a span, from the first convention that it follows (langfuse-ingestion contract §5.6). */

import { genAiMessages, withSystemInstructions } from './gen-ai-messages.ts'
import { messageEvents } from './message-events.ts'
import * as keys from './payload-keys.ts'
import { type Payload, type PayloadCarrier, type PayloadSource, payloadAt, payloadOf } from './payload-source.ts'
import { spreadValues } from './spread-values.ts'
import { adkPayload } from './vendors/adk.ts'
import { fluePayload } from './vendors/flue.ts'
import { genkitPayload } from './vendors/genkit.ts'
import { logfireEvents } from './vendors/logfire.ts'
import { vercelPayload } from './vendors/vercel.ts'

const INFERENCE_DETAILS = 'gen_ai.client.inference.operation.details'
const LEGACY_PROMPT = 'gen_ai.content.prompt'
const LEGACY_COMPLETION = 'gen_ai.content.completion'

/** The order matters: many spans follow several conventions, some of them only in part. */
const SOURCES: readonly PayloadSource[] = [
  ({ attributes }) => payloadAt(attributes, keys.LANGFUSE_KEYS),
  genkitPayload,
  vercelPayload,
  fluePayload,
  inferenceDetails,
  messageEvents,
  legacyEvents,
  adkPayload,
  ({ attributes }) => payloadAt(attributes, keys.LOGFIRE_KEYS),
  ({ attributes }) => payloadAt(attributes, keys.LIVEKIT_KEYS),
  logfireEvents,
  ({ attributes }) => payloadAt(attributes, keys.MLFLOW_KEYS),
  ({ attributes }) => payloadAt(attributes, keys.TRACELOOP_KEYS),
  ({ attributes }) => payloadAt(attributes, keys.OPENINFERENCE_KEYS),
  ({ attributes }) => payloadAt(attributes, keys.PLAIN_KEYS),
  pydanticMessages,
  ({ attributes }) => payloadAt(attributes, keys.TOOL_KEYS),
  ({ attributes }) => spreadValues(attributes),
  genAiMessages,
]

const NO_PAYLOAD: Payload = {}

/** Values as sent; `payloadText` makes them what is stored. Either side may be absent. */
export function findPayload(carrier: PayloadCarrier): Payload {
  for (const source of SOURCES) {
    const payload = source(carrier)
    if (payload !== undefined) return payload
  }
  return NO_PAYLOAD
}

/** The event in which newer instrumentations keep what is too large for attributes. */
function inferenceDetails({ events, scopeName }: PayloadCarrier): Payload | undefined {
  for (const { name, attributes } of events) {
    if (name === INFERENCE_DETAILS) return genAiMessages({ attributes, events: [], scopeName })
  }
  return undefined
}

/** An event for the prompt and one for the completion, each of which may follow any convention again. */
function legacyEvents({ events, scopeName }: PayloadCarrier): Payload | undefined {
  let input: unknown
  let output: unknown
  for (const { name, attributes } of events) {
    if (name !== LEGACY_PROMPT && name !== LEGACY_COMPLETION) continue
    const { input: prompt, output: completion } = findPayload({ attributes, events: [], scopeName })
    if (name === LEGACY_PROMPT) input = prompt ?? Object.fromEntries(attributes)
    else output = completion ?? Object.fromEntries(attributes)
  }
  return payloadOf(input, output)
}

function pydanticMessages({ attributes, scopeName }: PayloadCarrier): Payload | undefined {
  if (scopeName !== 'pydantic-ai') return undefined
  const payload = payloadAt(attributes, keys.PYDANTIC_KEYS)
  return payload && { ...payload, input: withSystemInstructions(payload.input, attributes) }
}
