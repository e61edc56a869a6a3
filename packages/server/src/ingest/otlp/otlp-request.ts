/**
 * What an OpenTelemetry exporter sends, in one shape for protobuf and JSON. The decoders have
 * checked the structure and the presence of ids; nothing here is interpreted yet.
 */
import { JsonText } from '#lib/json/json-text.ts'

/**
 * An attribute's value as a plain value. An integer beyond 2^53 is a JsonText with its digits;
 * bytes are base64 text; NaN and the infinities are their names as text.
 */
export type Value = null | string | number | boolean | JsonText | readonly Value[] | ValueMap
type ValueMap = { readonly [key: string]: Value }

/** Key → value; of equal keys the last one sent counts. A Map, so that no key can reach a prototype. */
export type Attributes = ReadonlyMap<string, Value>

export interface OtlpRequest {
  readonly resources: readonly ResourceSpans[]
}

export interface ResourceSpans {
  readonly attributes: Attributes
  readonly scopes: readonly ScopeSpans[]
}

export interface ScopeSpans {
  readonly scope: Scope
  readonly spans: readonly Span[]
}

export interface Scope {
  readonly name: string
  readonly version: string
  readonly attributes: Attributes
}

export interface Span {
  /** 32 lowercase hex digits as a rule, else the text as sent; never ''. */
  readonly traceId: string
  /** 16 lowercase hex digits as a rule, else the text as sent; never ''. */
  readonly spanId: string
  /** Undefined for a root: none, empty or all zero. */
  readonly parentSpanId: string | undefined
  readonly name: string
  /** Nanoseconds since the epoch as sent, not clamped; undefined when absent or not a time. */
  readonly startNs: bigint | undefined
  readonly endNs: bigint | undefined
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  readonly status: SpanStatus
}

export interface SpanEvent {
  readonly name: string
  readonly attributes: Attributes
}

export interface SpanStatus {
  /** 0 unset, 1 ok, 2 error. */
  readonly code: number
  readonly message: string
}

/** A 64-bit integer as a number where that is exact, else as its digits. */
export function integerValue(integer: bigint): number | JsonText {
  const number = Number(integer)
  return Number.isSafeInteger(number) ? number : new JsonText(String(integer))
}

/** A double as a number, or as its name where JSON has no number for it. */
export function doubleValue(double: number): number | string {
  return Number.isFinite(double) ? double : String(double)
}
