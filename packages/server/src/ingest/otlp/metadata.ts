/** Metadata of observations and traces from attributes (langfuse-ingestion contract §5.8, §10.3). */
import { JsonText } from '#lib/json/json-text.ts'
import { SESSION_ID, TAGS, USER_ID } from './attributes.ts'
import type { Attributes, Scope, Value } from './otlp-request.ts'
import { isPayloadKey } from './payload-keys.ts'
import { exactJson, membersOf, printMembers, textOf } from './values.ts'

type Domain = 'observation' | 'trace'
export type Metadata = ReadonlyMap<string, unknown>

const PREFIXES = { observation: 'langfuse.observation.metadata', trace: 'langfuse.trace.metadata' } as const
const COMMON_PREFIX = 'langfuse.metadata'
const VERCEL_PREFIX = 'ai.telemetry.metadata.'

/** Read into fields of their own, so not repeated in metadata. */
const VERCEL_FIELDS: ReadonlySet<string> = new Set(['userId', 'sessionId', 'tags', 'langfusePrompt'])

const FIRST_TYPED_MAJOR: Readonly<Record<string, number>> = { python: 5, javascript: 6 }

/** True for the SDKs that write every metadata value as JSON text, strings with their quotes. */
export function writesTypedMetadata(sdkName: string, sdkVersion: string): boolean {
  const first = FIRST_TYPED_MAJOR[sdkName.toLowerCase()]
  return first !== undefined && Number.parseInt(sdkVersion, 10) >= first
}

/** What a client set for the observation and for the trace, by key; objects are not taken apart further. */
export interface ReadMetadata {
  /** The attributes; of newer senders those decoded from which fields are read. */
  readonly attributes: Attributes
  readonly observation: Metadata
  readonly trace: Metadata
}

/**
 * Reads the metadata among the attributes, decoded. Of older senders a text that is JSON is taken
 * for its value, except quoted text and whole numbers that a double can't hold; of newer ones
 * (`isTyped`) all text is JSON.
 */
export function readMetadata(attributes: Attributes, isTyped: boolean): ReadMetadata {
  const found = new FoundMetadata()
  let decoded: Map<string, Value> | undefined
  for (const [key, value] of attributes) {
    if (!isMetadataKey(key)) continue
    const isJson = isBareKey(key) || (isTyped && isTypedKey(key))
    const json = typeof value === 'string' ? decodeValue(value, isJson) : value
    found.add(key, json)
    if (!isTyped || json === value || !FIELD_KEYS.has(key)) continue
    decoded ??= new Map(attributes)
    decoded.set(key, json)
  }
  return { attributes: decoded ?? attributes, observation: found.of('observation'), trace: found.of('trace') }
}

/** Metadata from which fields are read. */
const FIELD_KEYS: ReadonlySet<string> = new Set([...USER_ID, ...SESSION_ID, ...TAGS])

const NO_METADATA: Metadata = new Map()

/** The metadata of one span while its attributes are read. */
class FoundMetadata {
  private entries: [key: string, value: Value][] | undefined

  add(key: string, value: Value): void {
    this.entries ??= []
    this.entries.push([key, value])
  }

  /** Dotted keys win over what the whole says, whichever was sent first. */
  of(domain: Domain): Metadata {
    if (this.entries === undefined) return NO_METADATA
    const prefix = PREFIXES[domain]
    const metadata = new Map<string, unknown>()
    addBare(metadata, this.valueAt(prefix) || this.valueAt(COMMON_PREFIX))
    for (const [key, value] of this.entries) {
      const name = nameIn(prefix, key) ?? nameIn(COMMON_PREFIX, key) ?? vercelName(key)
      if (name !== undefined) metadata.set(name, value)
    }
    return metadata
  }

  private valueAt(key: string): Value | undefined {
    return this.entries?.find((entry) => entry[0] === key)?.[1]
  }
}

/** What is known of a resource: the same for all its spans, hence printed once. */
export interface ResourceMetadata {
  /** What the resource says of every trace. */
  readonly own: Metadata
  readonly resourceAttributes: JsonText
}

/** What is known of the sender: the same for all spans of a scope. */
export interface ScopeMetadata extends ResourceMetadata {
  readonly scope: JsonText
}

export function resourceMetadata({ attributes, trace }: ReadMetadata): ResourceMetadata {
  return { own: trace, resourceAttributes: new JsonText(printMembers(attributes)) }
}

export function scopeMetadata(resource: ResourceMetadata, scope: Scope): ScopeMetadata {
  const attributes = new JsonText(printMembers(scope.attributes))
  const members = Object.entries({ name: scope.name, version: scope.version, attributes })
  return { ...resource, scope: new JsonText(printMembers(members)) }
}

/** The span's attributes as text, without payloads and without what is metadata already. */
export function attributeMetadata(attributes: Attributes): JsonText {
  const shown: [string, string][] = []
  for (const [key, value] of attributes) {
    if (!isPayloadKey(key) && !isMetadataKey(key)) shown.push([key, textOf(value)])
  }
  return new JsonText(printMembers(shown))
}

/** JSON text of the whole: later parts take the place of earlier ones, key by key. */
export function joinMetadata(...parts: readonly (Metadata | Iterable<readonly [string, unknown]>)[]): string {
  const joined = new Map<string, unknown>()
  for (const part of parts) for (const [key, value] of part) joined.set(key, value)
  return printMembers(joined)
}

function isMetadataKey(key: string): boolean {
  if (key.startsWith('langfuse.')) {
    return key.startsWith(PREFIXES.observation) || key.startsWith(PREFIXES.trace) || key.startsWith(COMMON_PREFIX)
  }
  return key.startsWith(VERCEL_PREFIX)
}

/** The keys under which newer senders write JSON; what other libraries set is theirs to spell. */
function isTypedKey(key: string): boolean {
  return key.startsWith(PREFIXES.observation) || key.startsWith(PREFIXES.trace)
}

function isBareKey(key: string): boolean {
  return key === PREFIXES.observation || key === PREFIXES.trace || key === COMMON_PREFIX
}

/** What may be JSON of another kind than quoted text; looked at first because a failed parse is slow. */
const MAYBE_JSON = /^(?:[[{]|true$|false$|-?\d[\d.eE+-]*$)/
const WHOLE_NUMBER = /^-?\d+$/

function decodeValue(text: string, isJson: boolean): Value {
  if (!isJson && !MAYBE_JSON.test(text)) return text
  if (!isJson && WHOLE_NUMBER.test(text) && !Number.isSafeInteger(Number(text))) return text
  const value = exactJson(text)
  return value === undefined ? text : value
}

/** A value for the whole of the metadata: an object gives its members, anything else that says something its text. */
function addBare(metadata: Map<string, unknown>, value: Value | undefined): void {
  if (!value) return
  const members = typeof value === 'string' ? undefined : membersOf(value)
  if (members === undefined) metadata.set('metadata', value)
  else for (const [key, member] of members) metadata.set(key, member)
}

function nameIn(prefix: string, key: string): string | undefined {
  if (!key.startsWith(prefix) || key.charCodeAt(prefix.length) !== DOT) return undefined
  return key.slice(prefix.length + 1)
}

const DOT = 46

function vercelName(key: string): string | undefined {
  if (!key.startsWith(VERCEL_PREFIX)) return undefined
  const name = key.slice(VERCEL_PREFIX.length)
  return VERCEL_FIELDS.has(name) ? undefined : name
}
