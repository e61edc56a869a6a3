import { LOGFIRE_EVENTS_KEY } from '#ingest/otlp/payload-keys.ts'
import { type Payload, type PayloadCarrier, payloadOf } from '#ingest/otlp/payload-source.ts'
import { exactJson, textOf } from '#ingest/otlp/values.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { type JsonTree, parseTree, printTree } from '#lib/json/tree.ts'

const CHOICE = '"gen_ai.choice"'

/** Logfire's list of message events in one attribute: choices are the output, the rest the input. */
export function logfireEvents({ attributes }: PayloadCarrier): Payload | undefined {
  const events = attributes.get(LOGFIRE_EVENTS_KEY)
  const json = events ? exactJson(textOf(events)) : undefined
  const list = json instanceof JsonText ? parseTree(json.text) : undefined
  if (!Array.isArray(list)) return undefined
  const choices = list.filter(isChoice)
  const messages = list.filter((event) => !isChoice(event))
  const input = messages.length > 0 ? new JsonText(printTree(messages)) : undefined
  return payloadOf(input, outputOf(choices))
}

function outputOf(choices: readonly JsonTree[]): JsonText | undefined {
  const [first, second] = choices
  if (first === undefined) return undefined
  return new JsonText(printTree(second === undefined ? first : [...choices]))
}

function isChoice(event: JsonTree): boolean {
  const name = event instanceof Map ? event.get('event.name') : undefined
  return name instanceof JsonText && name.text === CHOICE
}
