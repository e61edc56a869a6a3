import { type EventRefused, IngestionEvent } from '@xtrace/contract'
import { JsonText } from '#lib/json/json-text.ts'

/** An event that fits its schema. */
export interface ParsedEvent {
  readonly event: IngestionEvent
  /** The body's modelParameters untouched, where JavaScript's numbers would change them. */
  readonly exactParameters: JsonText | undefined
}

export type EventVerdict = { readonly parsed: ParsedEvent } | { readonly error: EventRefused }

/** Checks one element of `batch`; the error is what the answer says of it (langfuse-ingestion contract §2.4). */
export function parseEvent(sent: unknown): EventVerdict {
  const exactParameters = exactParametersOf(sent)
  const result = IngestionEvent.safeParse(exactParameters ? withParameters(sent, exactParameters.toJSON()) : sent)
  if (result.success) return { parsed: { event: result.data, exactParameters } }
  const error = JSON.stringify(result.error.issues)
  return { error: { id: idOf(sent), status: 400, message: 'Invalid request data', error } }
}

/** The envelope id to report, `unknown` for an element without one. */
function idOf(sent: unknown): string {
  const id = field(sent, 'id')
  return typeof id === 'string' ? id : 'unknown'
}

function exactParametersOf(sent: unknown): JsonText | undefined {
  const parameters = field(field(sent, 'body'), 'modelParameters')
  return parameters instanceof JsonText ? parameters : undefined
}

function withParameters(sent: unknown, modelParameters: unknown): unknown {
  return { ...Object(sent), body: { ...Object(field(sent, 'body')), modelParameters } }
}

/** One field of anything. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
