/** OTLP/JSON (opentelemetry-proto 1.x) as instrumentations export it: one request for all spans of a trace. */
export type AttributeValue = string | number | boolean | readonly string[]
export type Attributes = Readonly<Record<string, AttributeValue>>

export interface DemoSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly startMs: number
  /** Left out while it runs. */
  readonly endMs?: number
  readonly attributes?: Attributes
  readonly error?: string
  readonly events?: readonly { readonly name: string; readonly atMs: number; readonly attributes?: Attributes }[]
}

interface Sender {
  readonly resource: Attributes
  readonly scope: { readonly name: string; readonly version: string }
}

/** An ExportTraceServiceRequest. */
export function exportRequest({ resource, scope }: Sender, spans: readonly DemoSpan[]): object {
  return {
    resourceSpans: [
      { resource: { attributes: keyValues(resource) }, scopeSpans: [{ scope, spans: spans.map(toSpan) }] },
    ],
  }
}

const ERROR = 2

function toSpan({ startMs, endMs, attributes = {}, error, events = [], ...span }: DemoSpan): object {
  return {
    ...span,
    kind: 1,
    startTimeUnixNano: nanos(startMs),
    endTimeUnixNano: nanos(endMs ?? startMs),
    attributes: keyValues(attributes),
    events: events.map(({ name, atMs, attributes: own = {} }) => ({
      name,
      timeUnixNano: nanos(atMs),
      attributes: keyValues(own),
    })),
    status: error === undefined ? {} : { code: ERROR, message: error },
  }
}

const nanos = (ms: number): string => String(BigInt(Math.round(ms * 1000)) * 1000n)

const keyValues = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value) }))

function toValue(value: AttributeValue): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  return { arrayValue: { values: value.map((text) => ({ stringValue: text })) } }
}
