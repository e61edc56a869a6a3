import type { SpanEvent } from './otlp-request.ts'
import { type Payload, type PayloadCarrier, payloadOf } from './payload-source.ts'

const MESSAGE = /^gen_ai\.(system|user|assistant|tool)\.message$/
const CHOICE = 'gen_ai.choice'

/** One event a message, the older convention for generative AI: the chat as a list, the choice as its attributes. */
export function messageEvents({ events }: PayloadCarrier): Payload | undefined {
  if (events.length === 0) return undefined
  const messages: object[] = []
  const choices: object[] = []
  for (const event of events) {
    const role = MESSAGE.exec(event.name)?.[1]
    if (role !== undefined) messages.push({ role, ...fieldsOf(event) })
    else if (event.name === CHOICE) choices.push(fieldsOf(event))
  }
  const input = messages.length > 0 ? messages : undefined
  return payloadOf(input, choices.length > 1 ? choices : choices[0])
}

function fieldsOf(event: SpanEvent): object {
  return Object.fromEntries(event.attributes)
}
