/**
 * Request bodies, built before the clock runs. Ids hold a marker of four bytes that is overwritten with the
 * number of the request just before it leaves, so that few bodies in memory make any number of requests.
 */
import { gzipSync } from 'node:zlib'
import {
  exportOf,
  type SpanSample,
  toOtlpJson,
  toOtlpProtobuf,
} from '../../packages/server/src/ingest/otlp/otlp-request.fixture.ts'
import { corpus, passagesOf } from '../lib/corpus.ts'

export const FORMATS = ['legacy', 'otlp-protobuf', 'otlp-json', 'native', 'metrics', 'openinference'] as const
/** `openinference`: OTLP protobuf, gzip, with the attributes that Phoenix reads. */
export type Format = (typeof FORMATS)[number]

export interface BodyOptions {
  readonly format: Format
  /** Characters of input and output of one observation, together. */
  readonly payloadBytes: number
  readonly tracesPerRequest: number
  readonly observationsPerTrace: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Room for the number of the request: ids are unique for 2^32 of them. */
const MARKER = 'feedc0de'

export interface Body {
  /** The bytes of request `number`; valid until the next call. */
  stamp(number: number): Buffer
}

interface Sample {
  readonly id: string
  readonly parentId: string | undefined
  readonly traceId: string
  readonly name: string
  readonly isGeneration: boolean
  readonly startMs: number
  readonly input: string
  readonly output: string
}

interface TraceSample {
  readonly id: string
  readonly observations: readonly Sample[]
}

const CORPUS_BYTES = 2 ** 20

/** Builds bodies; the texts of body number `seed` differ from those of the others. `now` replaces that of the options. */
export function bodyBuilder(shape: BodyOptions): (seed: number, now?: number) => Body {
  const text = corpus(CORPUS_BYTES)
  return (seed, now = shape.now) => {
    const options = { ...shape, now }
    if (options.format === 'metrics') return stamped(Buffer.from(metricsBody(options, seed)))
    return bodyOf(options.format, samples(options, passagesOf(text, seed)))
  }
}

function bodyOf(format: Exclude<Format, 'metrics'>, traces: readonly TraceSample[]): Body {
  switch (format) {
    case 'legacy':
      return stamped(Buffer.from(legacyBody(traces)))
    case 'native':
      return stamped(Buffer.from(nativeBody(traces)))
    case 'otlp-json':
      return stamped(Buffer.from(toOtlpJson(exportSample(traces, langfuseAttributes))))
    case 'otlp-protobuf':
      return stamped(Buffer.from(toOtlpProtobuf(exportSample(traces, langfuseAttributes))), 'hex')
    case 'openinference':
      return zipped(stamped(Buffer.from(toOtlpProtobuf(exportSample(traces, openInferenceAttributes))), 'hex'))
  }
}

/** What one request of the format holds: observations, or points. */
export function unitsPerRequest({ format, tracesPerRequest, observationsPerTrace }: Omit<BodyOptions, 'now'>): number {
  // A native body holds one trace.
  if (format === 'native') return observationsPerTrace
  return tracesPerRequest * observationsPerTrace
}

/** Ids follow from the number of the request alone, so that a request can be told to speak of another one's. */
function samples(options: BodyOptions, passage: (length: number) => string): TraceSample[] {
  const half = Math.floor(options.payloadBytes / 2)
  const count = options.format === 'native' ? 1 : options.tracesPerRequest
  return Array.from({ length: count }, (_, trace) => {
    const id = `${MARKER}${hex(trace, 24)}`
    const idOf = (index: number) => `${MARKER}${hex(trace * options.observationsPerTrace + index, 8)}`
    const observations = Array.from({ length: options.observationsPerTrace }, (_, index) => ({
      id: idOf(index),
      parentId: index === 0 ? undefined : idOf(0),
      traceId: id,
      name: index === 0 ? 'agent-run' : `step-${index}`,
      isGeneration: index % 2 === 1,
      startMs: options.now + index,
      input: passage(half),
      output: passage(half),
    }))
    return { id, observations }
  })
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0')
const instant = (ms: number) => new Date(ms).toISOString()

const USAGE = { input: 210, output: 48, total: 258 }

function legacyBody(traces: readonly TraceSample[]): string {
  const batch = traces.flatMap(({ id, observations }) => {
    const timestamp = instant(observations[0]?.startMs ?? 0)
    const trace = { id, timestamp, name: 'answer-question', userId: 'user-1', sessionId: 'session-1', tags: ['bench'] }
    return [
      { id: `t-${id}`, type: 'trace-create', timestamp, body: trace },
      ...observations.map((sample) => ({
        id: `e-${sample.id}`,
        type: sample.isGeneration ? 'generation-create' : 'span-create',
        timestamp,
        body: {
          id: sample.id,
          traceId: id,
          parentObservationId: sample.parentId,
          name: sample.name,
          startTime: instant(sample.startMs),
          endTime: instant(sample.startMs + 40),
          input: [{ role: 'user', content: sample.input }],
          output: { role: 'assistant', content: sample.output },
          ...(sample.isGeneration && { model: 'gpt-4o-mini', usage: USAGE }),
        },
      })),
    ]
  })
  return JSON.stringify({ batch })
}

/** Ids are UUIDs here: the published xtrace takes no others on this path. */
function nativeBody([trace]: readonly TraceSample[]): string {
  if (!trace) throw new Error('a native body holds one trace')
  const uuid = (id: string) => id.padEnd(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return JSON.stringify({
    trace: {
      id: uuid(trace.id),
      timestamp: instant(trace.observations[0]?.startMs ?? 0),
      name: 'answer-question',
      userId: 'user-1',
      sessionId: 'session-1',
      tags: ['bench'],
    },
    observations: trace.observations.map((sample) => ({
      id: uuid(sample.id),
      traceId: uuid(trace.id),
      type: sample.isGeneration ? 'GENERATION' : 'SPAN',
      name: sample.name,
      ...(sample.parentId !== undefined && { parentObservationId: uuid(sample.parentId) }),
      startTime: instant(sample.startMs),
      endTime: instant(sample.startMs + 40),
      input: [{ role: 'user', content: sample.input }],
      output: { role: 'assistant', content: sample.output },
      ...(sample.isGeneration && { model: 'gpt-4o-mini', promptTokens: 210, completionTokens: 48, totalTokens: 258 }),
    })),
  })
}

type Attributes = Readonly<NonNullable<SpanSample['attributes']>>

function exportSample(traces: readonly TraceSample[], attributesOf: (sample: Sample) => Attributes) {
  return exportOf({
    resource: { 'service.name': 'bench', 'telemetry.sdk.language': 'python' },
    scope: 'langfuse-sdk',
    scopeVersion: '4.0.0',
    spans: traces
      .flatMap(({ observations }) => observations)
      .map((sample) => ({
        traceId: sample.traceId,
        spanId: sample.id,
        parentSpanId: sample.parentId,
        name: sample.name,
        startNs: BigInt(sample.startMs) * 1_000_000n,
        endNs: BigInt(sample.startMs + 40) * 1_000_000n,
        attributes: attributesOf(sample),
      })),
  })
}

function langfuseAttributes(sample: Sample): Attributes {
  return {
    'langfuse.observation.type': sample.isGeneration ? 'generation' : 'span',
    'langfuse.observation.input': JSON.stringify([{ role: 'user', content: sample.input }]),
    'langfuse.observation.output': JSON.stringify({ role: 'assistant', content: sample.output }),
    ...(sample.parentId === undefined && { 'langfuse.trace.name': 'answer-question' }),
    'user.id': 'user-1',
    'session.id': 'session-1',
    ...(sample.isGeneration && {
      'langfuse.observation.model.name': 'gpt-4o-mini',
      'langfuse.observation.usage_details': JSON.stringify(USAGE),
    }),
  }
}

function openInferenceAttributes(sample: Sample): Attributes {
  return {
    'openinference.span.kind': sample.isGeneration ? 'LLM' : 'CHAIN',
    'input.value': sample.input,
    'output.value': sample.output,
    'user.id': 'user-1',
    'session.id': 'session-1',
    ...(sample.isGeneration && {
      'llm.model_name': 'gpt-4o-mini',
      'llm.token_count.prompt': USAGE.input,
      'llm.token_count.completion': USAGE.output,
      'llm.token_count.total': USAGE.total,
    }),
  }
}

/** Points of gauges, eight a node; the number of the request is no part of them, as equal points count twice. */
function metricsBody({ tracesPerRequest, observationsPerTrace, now }: BodyOptions, seed: number): string {
  const metrics = Array.from({ length: tracesPerRequest * observationsPerTrace }, (_, index) => ({
    name: 'gpu_utilization',
    labels: { node_id: `node-${seed % 4}`, gpu_index: String(index % 8) },
    value: (index * 7) % 100,
    timestamp: instant(now + Math.floor(index / 8) * 1000),
  }))
  return JSON.stringify({ metrics })
}

function stamped(bytes: Buffer, spelling: 'ascii' | 'hex' = 'ascii'): Body {
  const marker = Buffer.from(MARKER, spelling)
  const places: number[] = []
  for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at + marker.length)) places.push(at)
  return {
    stamp(number) {
      const stampBytes = Buffer.from(hex(number, 8), spelling)
      for (const place of places) stampBytes.copy(bytes, place)
      return bytes
    },
  }
}

/** Packing costs the sender; done as it would be by an exporter, quickly. */
function zipped(body: Body): Body {
  return { stamp: (number) => gzipSync(body.stamp(number), { level: 1 }) }
}
