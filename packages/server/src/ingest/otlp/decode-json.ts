import { AppError } from '#domain/errors.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { parseJson } from '#lib/json/parse.ts'
import { ExportFaults } from './export-faults.ts'
import {
  type Attributes,
  doubleValue,
  integerValue,
  type OtlpRequest,
  type ResourceSpans,
  type Scope,
  type ScopeSpans,
  type Span,
  type SpanEvent,
  type SpanStatus,
  type Value,
} from './otlp-request.ts'
import { readId, readParentId } from './span-id.ts'

type Fields = Readonly<Record<string, unknown>>

/** Integers of 64 bits, which some exporters send as JSON numbers that a double can't hold. */
const RAW_KEYS: ReadonlySet<string> = new Set(['intValue', 'startTimeUnixNano', 'endTimeUnixNano'])

const NOTHING: Fields = {}

/**
 * Reads an `ExportTraceServiceRequest` in OTLP/JSON, camelCase names only, with the odd ids and
 * integers that exporters really send (langfuse-ingestion contract §5.2).
 * @throws AppError `bad_request` for text that is not a JSON object, and as `ExportFaults`
 */
export function decodeJson(text: string): OtlpRequest {
  const faults = new ExportFaults()
  const request = new ExportReader(faults).request(parseBody(text))
  faults.check()
  return request
}

function parseBody(text: string): Fields {
  try {
    const body = parseJson(text, RAW_KEYS)
    if (isFields(body)) return body
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new AppError('bad_request', `The body is not valid JSON: ${error.message}`, { cause: error })
  }
  throw new AppError(
    'bad_request',
    'The body is not an OTLP trace export: a JSON object with resourceSpans is expected',
  )
}

class ExportReader {
  private readonly faults: ExportFaults

  constructor(faults: ExportFaults) {
    this.faults = faults
  }

  request(body: Fields): OtlpRequest {
    return { resources: this.list(body, 'resourceSpans', '').map((entry) => this.resourceSpans(entry)) }
  }

  private resourceSpans(entry: Fields): ResourceSpans {
    const resource = fieldsOf(entry['resource'])
    return {
      attributes: this.attributes(resource, ''),
      scopes: this.list(entry, 'scopeSpans', '').map((scopeSpans) => this.scopeSpans(scopeSpans)),
    }
  }

  private scopeSpans(entry: Fields): ScopeSpans {
    const scope = this.scope(fieldsOf(entry['scope']))
    return { scope, spans: this.list(entry, 'spans', scope.name).map((span) => this.span(span, scope.name)) }
  }

  private scope(entry: Fields): Scope {
    const name = textOf(entry['name'])
    return { name, version: textOf(entry['version']), attributes: this.attributes(entry, name) }
  }

  private span(entry: Fields, scope: string): Span {
    return {
      ...this.ids(entry, scope),
      name: textOf(entry['name']),
      startNs: readNanos(entry['startTimeUnixNano']),
      endNs: readNanos(entry['endTimeUnixNano']),
      attributes: this.attributes(entry, scope),
      events: this.list(entry, 'events', scope).map((event) => this.event(event, scope)),
      status: readStatus(entry['status']),
    }
  }

  /** Ids are empty where they were no ids: the export is refused then anyway. */
  private ids(entry: Fields, scope: string): Pick<Span, 'traceId' | 'spanId' | 'parentSpanId'> {
    const traceId = readId(entry['traceId'])
    const spanId = readId(entry['spanId'])
    const parent = readParentId(entry['parentSpanId'])
    const reasons: string[] = []
    if ('fault' in traceId) reasons.push(`traceId:${traceId.fault}`)
    if ('fault' in spanId) reasons.push(`spanId:${spanId.fault}`)
    if ('fault' in parent) reasons.push(`parentSpanId:${parent.fault}`)
    if (reasons.length > 0) this.faults.span(reasons, scope)
    return {
      traceId: 'id' in traceId ? traceId.id : '',
      spanId: 'id' in spanId ? spanId.id : '',
      parentSpanId: 'id' in parent ? parent.id : undefined,
    }
  }

  private event(entry: Fields, scope: string): SpanEvent {
    return { name: textOf(entry['name']), attributes: this.attributes(entry, scope) }
  }

  private attributes(owner: Fields, scope: string): Attributes {
    const attributes = new Map<string, Value>()
    for (const { key, value } of this.list(owner, 'attributes', scope)) {
      if (typeof key === 'string') attributes.set(key, readValue(value))
    }
    return attributes
  }

  /** The objects of a list; none when it is absent, a fault when it is something else. */
  private list(owner: Fields, field: string, scope: string): readonly Fields[] {
    const value = owner[field]
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value.map(fieldsOf)
    this.faults.list(field, scope)
    return []
  }
}

/** A wrapped `AnyValue`; an unknown wrapper, or none, is null. */
function readValue(wrapper: unknown): Value {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = fieldsOf(wrapper)
  if (stringValue !== undefined) return textOf(stringValue)
  if (boolValue !== undefined) return boolValue === true || boolValue === 'true'
  if (intValue !== undefined) return readInteger(intValue)
  if (doubleValue !== undefined) return readDouble(doubleValue)
  if (arrayValue !== undefined) return objectsOf(fieldsOf(arrayValue)['values']).map(readValue)
  if (kvlistValue !== undefined) return readKeyValues(fieldsOf(kvlistValue)['values'])
  return typeof bytesValue === 'string' ? bytesValue : null
}

function readKeyValues(values: unknown): Value {
  return Object.fromEntries(objectsOf(values).map(({ key, value }) => [textOf(key), readValue(value)] as const))
}

function readInteger(value: unknown): Value {
  const integer = readInt64(value)
  if (integer !== undefined) return integerValue(integer)
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

function readDouble(value: unknown): Value {
  if (typeof value === 'number') return doubleValue(value)
  if (typeof value !== 'string') return null
  const number = Number(value)
  return value.trim() !== '' && Number.isFinite(number) ? number : value
}

const INTEGER = /^-?\d{1,20}$/

/** A 64-bit integer from a number, decimal text or the halves `{low, high}`; undefined for anything else. */
function readInt64(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined
  const digits = value instanceof JsonText ? value.text : value
  if (typeof digits === 'string') return INTEGER.test(digits) ? BigInt(digits) : undefined
  const { low, high } = fieldsOf(value)
  if (typeof low !== 'number' || typeof high !== 'number') return undefined
  if (!Number.isInteger(low) || !Number.isInteger(high)) return undefined
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt.asUintN(32, BigInt(low)))
}

/** Nanoseconds since the epoch; undefined for what is absent or no time. */
function readNanos(value: unknown): bigint | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? BigInt(Math.trunc(value)) : readInt64(value)
}

/** Only a numeric code counts: OTLP/JSON has no enum names. */
function readStatus(value: unknown): SpanStatus {
  const { code, message } = fieldsOf(value)
  return { code: typeof code === 'number' ? code : 0, message: textOf(message) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function objectsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : []
}

/** The value if it is an object, else an empty one, so that a damaged part reads as absent. */
function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : NOTHING
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
