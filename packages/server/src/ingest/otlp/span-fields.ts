/** The simple fields of a span, one function each (langfuse-ingestion contract §5.5). */
import type { ObservationLevel, ObservationType } from '#domain/observation.ts'
import { clampNanos, type Nanos, parseIso } from '#domain/time.ts'
import { normaliseEnvironment } from '#ingest/environment.ts'
import * as keys from './attributes.ts'
import type { Attributes, Span, Value } from './otlp-request.ts'
import type { SpanSource } from './span-source.ts'
import {
  firstPresent,
  firstText,
  firstTruthy,
  isList,
  isTrue,
  parsedFields,
  parsedValue,
  plainText,
  textOf,
} from './values.ts'

/** The name to show: frameworks put better ones into attributes than into the span. */
export function spanName({ attributes, span }: SpanSource): string {
  const tool = firstText(attributes, ['gen_ai.tool.name', 'genkit:name', 'logfire.msg', 'ai.toolCall.name'])
  if (tool !== undefined) return tool
  const operation = firstText(attributes, ['ai.operationId'])
  if (operation === undefined) return span.name
  const caller = firstText(attributes, ['ai.telemetry.functionId'])
  return caller === undefined ? operation : `${caller}:${operation}`
}

/** Start and end, each in place of the other where it is missing, both the time of arrival where none is known. */
export function spanTimes(span: Span, receivedNs: Nanos): { readonly start: Nanos; readonly end: Nanos } {
  const start = clampNanos(span.startNs ?? span.endNs ?? receivedNs)
  return { start, end: clampNanos(span.endNs ?? start) }
}

/** The key decides before the place: `langfuse.environment` of the resource beats the span's `deployment.environment`. */
export function spanEnvironment({ attributes, resource }: SpanSource): string {
  for (const key of keys.ENVIRONMENT) {
    const value = attributes.get(key) || resource.get(key)
    if (value) return normaliseEnvironment(value)
  }
  return normaliseEnvironment(undefined)
}

export function spanVersion({ attributes, resource }: SpanSource): string | undefined {
  return firstText(attributes, [keys.VERSION]) ?? firstText(resource, [keys.SERVICE_VERSION])
}

export function spanRelease({ attributes, resource }: SpanSource): string | undefined {
  return firstText(attributes, [keys.RELEASE]) ?? firstText(resource, [keys.RELEASE])
}

/** Undefined where nothing is said. */
export function spanIsPublic(attributes: Attributes): boolean | undefined {
  const value = firstPresent(attributes, keys.PUBLIC)
  return value === undefined ? undefined : isTrue(value)
}

/** A list; or text: a JSON list, several between commas, or one tag. */
export function spanTags(attributes: Attributes): readonly string[] {
  const value = firstTruthy(attributes, keys.TAGS)
  if (value === undefined) return []
  const tags = listOf(value) ?? textOf(value).split(',')
  return tags.map((tag) => textOf(tag).trim()).filter((tag) => tag !== '')
}

function listOf(value: Value): readonly unknown[] | undefined {
  if (isList(value)) return value
  if (!textOf(value).startsWith('[')) return undefined
  const parsed = parsedValue(value)
  return Array.isArray(parsed) ? parsed : undefined
}

const LEVELS: ReadonlyMap<string, ObservationLevel> = new Map([
  ...['DEBUG', 'TRACE', 'VERBOSE'].map((name) => [name, 'DEBUG'] as const),
  ...['DEFAULT', 'INFO', 'LOG', 'NOTICE', 'OK', 'SUCCESS'].map((name) => [name, 'DEFAULT'] as const),
  ...['WARNING', 'WARN'].map((name) => [name, 'WARNING'] as const),
  ...['ERROR', 'FATAL', 'CRITICAL'].map((name) => [name, 'ERROR'] as const),
])

const STATUS_ERROR = 2

/** LiveKit's spans about its own machinery. */
const LIVEKIT_DEBUG: ReadonlySet<string> = new Set([
  'user_speaking',
  'eou_detection',
  'llm_request_run',
  'tts_node',
  'tts_request',
  'tts_request_run',
  'tts_stream_adapter',
  'agent_speaking',
  'drain_agent_activity',
  'on_exit',
  'on_enter',
  'llm_fallback_adapter',
  'tts_fallback_adapter',
  'start_agent_activity',
])

export function spanLevel({ attributes, span, scope }: SpanSource): ObservationLevel {
  const explicit = attributes.get(keys.LEVEL)
  const level = typeof explicit === 'string' ? LEVELS.get(explicit.toUpperCase()) : undefined
  if (level !== undefined) return level
  if (span.status.code === STATUS_ERROR) return 'ERROR'
  return scope.name === 'livekit-agents' && LIVEKIT_DEBUG.has(span.name) ? 'DEBUG' : 'DEFAULT'
}

export function spanStatusMessage({ attributes, span }: SpanSource): string | undefined {
  return firstText(attributes, [keys.STATUS_MESSAGE]) ?? (span.status.message || undefined)
}

export function spanModel({ attributes }: SpanSource): string | undefined {
  if (keys.SUMMARY_OPERATIONS.has(attributes.get(keys.OPERATION))) return undefined
  const model = firstText(attributes, keys.MODEL)
  if (model !== undefined) return model
  return attributes.get('genkit:metadata:subtype') === 'model' ? firstText(attributes, ['genkit:name']) : undefined
}

/** When the first token came: an instant, or the milliseconds that it took. */
export function spanCompletionStart(attributes: Attributes, start: Nanos): Nanos | undefined {
  const instant = plainText(attributes.get(keys.COMPLETION_START))
  if (instant !== undefined) return parseInstant(instant)
  const ms = Number(firstPresent(attributes, keys.FIRST_CHUNK_MS) ?? Number.NaN)
  return Number.isFinite(ms) ? clampNanos(start + BigInt(Math.ceil(ms)) * 1_000_000n) : undefined
}

/** SDKs send the instant as JSON, hence with quotes; one without a zone is UTC. */
function parseInstant(text: string): Nanos | undefined {
  const plain = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
  return parseIso(plain) ?? parseIso(`${plain}Z`)
}

export interface PromptLink {
  readonly name: string | undefined
  readonly version: number | undefined
}

const NO_PROMPT: PromptLink = { name: undefined, version: undefined }
const MAX_PROMPT_VERSION = 65_535

/** The managed prompt that a generation used. Other spans inherit the attributes without having used it. */
export function spanPrompt(attributes: Attributes, type: ObservationType): PromptLink {
  if (type !== 'GENERATION') return NO_PROMPT
  const linked = parsedFields(attributes.get(keys.VERCEL_PROMPT))
  const name = firstPresent(attributes, keys.PROMPT_NAME) ?? linked?.['name']
  const version = Number(firstPresent(attributes, keys.PROMPT_VERSION) ?? linked?.['version'] ?? Number.NaN)
  const isVersion = Number.isInteger(version) && version >= 0 && version <= MAX_PROMPT_VERSION
  return { name: typeof name === 'string' && name !== '' ? name : undefined, version: isVersion ? version : undefined }
}
