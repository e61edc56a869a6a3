/** For tests and benchmarks: exports as an OpenTelemetry SDK would write them, from one description. */
import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { JsonText } from '#lib/json/json-text.ts'
import type { OtlpRequest, ResourceSpans, Scope, ScopeSpans, Span, SpanEvent, Value } from './otlp-request.ts'

export interface SpanSample extends Partial<Omit<Span, 'attributes' | 'events'>> {
  readonly attributes?: Readonly<Record<string, Value>>
  readonly events?: readonly { readonly name: string; readonly attributes: Readonly<Record<string, Value>> }[]
}

export interface ExportSample {
  readonly resource?: Readonly<Record<string, Value>>
  readonly scope?: string
  readonly scopeVersion?: string
  readonly scopeAttributes?: Readonly<Record<string, Value>>
  readonly spans: readonly SpanSample[]
}

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
export const START_NS = 1_760_000_000_123_456_789n

/** An export of one resource and one scope; ids and times are made up where the sample has none. */
export function exportOf(sample: ExportSample): OtlpRequest {
  const scope = {
    name: sample.scope ?? 'test-scope',
    version: sample.scopeVersion ?? '',
    attributes: new Map(Object.entries(sample.scopeAttributes ?? {})),
  }
  const attributes = new Map(Object.entries(sample.resource ?? {}))
  return { resources: [{ attributes, scopes: [{ scope, spans: sample.spans.map(spanOf) }] }] }
}

function spanOf(sample: SpanSample, index: number): Span {
  return {
    traceId: TRACE_ID,
    spanId: (index + 1).toString(16).padStart(16, '0'),
    parentSpanId: undefined,
    name: `span-${index}`,
    startNs: START_NS + BigInt(index) * 1_000_000n,
    endNs: START_NS + BigInt(index + 1) * 1_000_000n,
    status: { code: 0, message: '' },
    ...sample,
    attributes: new Map(Object.entries(sample.attributes ?? {})),
    events: (sample.events ?? []).map(({ name, attributes }) => ({
      name,
      attributes: new Map(Object.entries(attributes)),
    })),
  }
}

/** The export as OTLP/JSON text. */
export function toOtlpJson(request: OtlpRequest): string {
  return JSON.stringify({
    resourceSpans: request.resources.map((resource) => ({
      resource: { attributes: jsonAttributes(resource.attributes) },
      scopeSpans: resource.scopes.map(({ scope, spans }) => ({
        scope: { name: scope.name, version: scope.version, attributes: jsonAttributes(scope.attributes) },
        spans: spans.map(jsonSpan),
      })),
    })),
  })
}

function jsonSpan(span: Span): object {
  return {
    ...span,
    startTimeUnixNano: span.startNs?.toString(),
    endTimeUnixNano: span.endNs?.toString(),
    startNs: undefined,
    endNs: undefined,
    attributes: jsonAttributes(span.attributes),
    events: span.events.map(({ name, attributes }) => ({ name, attributes: jsonAttributes(attributes) })),
  }
}

function jsonAttributes(attributes: Iterable<readonly [string, Value]>): object[] {
  return Array.from(attributes, ([key, value]) => ({ key, value: jsonValue(value) }))
}

function jsonValue(value: Value): object {
  if (value === null) return {}
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: value } : { doubleValue: value }
  if (value instanceof JsonText) return { intValue: value.text }
  if (isList(value)) return { arrayValue: { values: value.map(jsonValue) } }
  return { kvlistValue: { values: jsonAttributes(Object.entries(value)) } }
}

/** The export as the protobuf message ExportTraceServiceRequest. */
export function toOtlpProtobuf(request: OtlpRequest): Uint8Array {
  const writer = new BinaryWriter()
  for (const resource of request.resources) message(writer, 1, () => writeResource(writer, resource))
  return writer.finish()
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, 2).fork()
  write()
  writer.join()
}

function writeResource(writer: BinaryWriter, resource: ResourceSpans): void {
  message(writer, 1, () => writeAttributes(writer, 1, resource.attributes))
  for (const scope of resource.scopes) message(writer, 2, () => writeScopeSpans(writer, scope))
}

function writeScopeSpans(writer: BinaryWriter, { scope, spans }: ScopeSpans): void {
  message(writer, 1, () => writeScope(writer, scope))
  for (const span of spans) message(writer, 2, () => writeSpan(writer, span))
}

function writeScope(writer: BinaryWriter, scope: Scope): void {
  writeText(writer, 1, scope.name)
  writeText(writer, 2, scope.version)
  writeAttributes(writer, 3, scope.attributes)
}

function writeSpan(writer: BinaryWriter, span: Span): void {
  writer.tag(1, 2).bytes(Buffer.from(span.traceId, 'hex'))
  writer.tag(2, 2).bytes(Buffer.from(span.spanId, 'hex'))
  if (span.parentSpanId !== undefined) writer.tag(4, 2).bytes(Buffer.from(span.parentSpanId, 'hex'))
  writeText(writer, 5, span.name)
  writer.tag(6, 0).int32(1)
  if (span.startNs !== undefined) writer.tag(7, 1).fixed64(span.startNs)
  if (span.endNs !== undefined) writer.tag(8, 1).fixed64(span.endNs)
  writeAttributes(writer, 9, span.attributes)
  for (const event of span.events) message(writer, 11, () => writeEvent(writer, event))
  message(writer, 15, () => {
    writeText(writer, 2, span.status.message)
    if (span.status.code !== 0) writer.tag(3, 0).int32(span.status.code)
  })
  writer.tag(16, 5).fixed32(257)
}

function writeEvent(writer: BinaryWriter, event: SpanEvent): void {
  writer.tag(1, 1).fixed64(START_NS)
  writeText(writer, 2, event.name)
  writeAttributes(writer, 3, event.attributes)
}

function writeText(writer: BinaryWriter, field: number, text: string): void {
  if (text !== '') writer.tag(field, 2).string(text)
}

function writeAttributes(writer: BinaryWriter, field: number, attributes: Iterable<readonly [string, Value]>): void {
  for (const [key, value] of attributes) {
    message(writer, field, () => {
      writeText(writer, 1, key)
      message(writer, 2, () => writeValue(writer, value))
    })
  }
}

function writeValue(writer: BinaryWriter, value: Value): void {
  if (value === null) return
  if (typeof value === 'string') writer.tag(1, 2).string(value)
  else if (typeof value === 'boolean') writer.tag(2, 0).bool(value)
  else if (typeof value === 'number') writeNumber(writer, value)
  else if (value instanceof JsonText) writer.tag(3, 0).int64(BigInt(value.text))
  else if (isList(value)) message(writer, 5, () => writeItems(writer, value))
  else message(writer, 6, () => writeAttributes(writer, 1, Object.entries(value)))
}

function writeItems(writer: BinaryWriter, values: readonly Value[]): void {
  for (const value of values) message(writer, 1, () => writeValue(writer, value))
}

function writeNumber(writer: BinaryWriter, value: number): void {
  if (Number.isSafeInteger(value)) writer.tag(3, 0).int64(value)
  else writer.tag(4, 1).double(value)
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
