/**
 * Four clients, each writing as a kind of SDK does: one request at a time, and the same request again
 * until it is answered. What they sent and what was acknowledged is kept for the check afterwards.
 */
import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { exportOf, toOtlpProtobuf } from '#ingest/otlp/otlp-request.fixture.ts'
import type { Content, ServerProcess } from '../support/server-process.ts'

/** One thing that the store must hold: an observation, a trace, a score or a metric point, and what is known of it. */
export interface Sent {
  readonly table: 'observations' | 'traces' | 'scores' | 'metric_points'
  readonly id: string
  /** What the columns that `check.ts` reads must say, joined. */
  readonly says: string
}

interface WriteRequest extends Content {
  readonly path: string
  readonly records: readonly Sent[]
}

export interface Client {
  readonly name: string
  /** The n-th request, always the same. */
  request(number: number): WriteRequest
}

export interface Ledger {
  readonly sent: Map<string, Sent>
  readonly acknowledged: Set<string>
  /** Requests that had to be sent again. */
  retries: number
}

export const keyOf = ({ table, id }: Pick<Sent, 'table' | 'id'>): string => `${table} ${id}`

const BASE_MS = Date.UTC(2026, 0, 2, 3)
/** A shared trace collects the tags of this many requests. */
const PER_SHARED_TRACE = 50

const isoOf = (number: number) => new Date(BASE_MS + number * 10).toISOString()

/** Text of some length that only this record has. */
const payload = (id: string): string =>
  createHash('sha512')
    .update(id)
    .digest('hex')
    .repeat(1 + (id.length % 4))

const observation = (id: string, output: string): Sent => ({
  table: 'observations',
  id,
  says: [payload(id), output].join('|'),
})

/** An old SDK: a trace, a call in two parts, a score; and a tag on a trace that many requests share. */
const legacy: Client = {
  name: 'legacy',
  request(number) {
    const id = `legacy-${number}`
    const shared = `shared-${Math.floor(number / PER_SHARED_TRACE)}`
    const event = (type: string, body: object) => ({ id: `${id}-${type}`, type, timestamp: isoOf(number), body })
    return {
      path: '/api/public/ingestion',
      body: {
        batch: [
          event('trace-create', { id, name: id, timestamp: isoOf(number), input: payload(id) }),
          event('generation-create', { id, traceId: id, name: id, startTime: isoOf(number), input: payload(id) }),
          event('generation-update', { id, traceId: id, output: id, endTime: isoOf(number + 1) }),
          event('score-create', { id, traceId: id, name: 'quality', value: number, timestamp: isoOf(number) }),
          { ...event('trace-create', { id: shared, timestamp: isoOf(0), tags: [id] }), id: `${id}-shared` },
        ],
      },
      records: [
        { table: 'traces', id, says: payload(id) },
        observation(id, id),
        { table: 'scores', id, says: String(number) },
        { table: 'traces', id: `${shared}#${id}`, says: '' },
      ],
    }
  },
}

const SPANS = 3

/** An OpenTelemetry exporter: a root, whose input is the trace's too, and its children. */
const otlp: Client = {
  name: 'otlp',
  request(number) {
    const traceId = hex(`trace-${number}`, 32)
    const spanIds = Array.from({ length: SPANS }, (_, index) => hex(`span-${number}-${index}`, 16))
    const [root = ''] = spanIds
    const spans = spanIds.map((spanId) => {
      const attributes = { 'langfuse.observation.input': payload(spanId), 'langfuse.observation.output': spanId }
      return { traceId, spanId, parentSpanId: spanId === root ? undefined : root, name: spanId, attributes }
    })
    return {
      path: '/api/public/otel/v1/traces',
      body: toOtlpProtobuf(exportOf({ spans })),
      headers: { 'content-type': 'application/x-protobuf' },
      records: [
        { table: 'traces', id: traceId, says: payload(root) },
        ...spanIds.map((spanId) => observation(spanId, spanId)),
      ],
    }
  },
}

const hex = (text: string, digits: number) => createHash('sha256').update(text).digest('hex').slice(0, digits)

/** A client of the native batch. */
const native: Client = {
  name: 'native',
  request(number) {
    const id = `native-${number}`
    const observations = ['a', 'b'].map((part) => ({
      id: `${id}-${part}`,
      traceId: id,
      type: 'SPAN',
      name: part,
      startTime: isoOf(number),
      input: payload(`${id}-${part}`),
      output: part,
    }))
    return {
      path: '/v1/l/batch',
      body: { trace: { id, name: id, timestamp: isoOf(number), input: payload(id) }, observations },
      records: [
        { table: 'traces', id, says: payload(id) },
        ...observations.map((each) => observation(each.id, each.output)),
      ],
    }
  },
}

/** A program that judges and measures: a score, then points under an idempotency key, in turns. */
const measures: Client = {
  name: 'measures',
  request(number) {
    const id = `measures-${number}`
    if (number % 2 === 0) {
      const body = { id, traceId: 'judged', name: 'judgement', value: number, comment: id }
      return { path: '/api/public/scores', body, records: [{ table: 'scores', id, says: String(number) }] }
    }
    const values = [number, number + 0.25, number + 0.5]
    const metrics = values.map((value) => ({ name: 'load', value, labels: { node: 'a' }, timestamp: isoOf(number) }))
    return {
      path: '/v1/metrics/batch',
      body: { metrics },
      headers: { 'idempotency-key': id },
      records: values.map((value) => ({ table: 'metric_points', id: String(value), says: '' })),
    }
  },
}

export const CLIENTS: readonly Client[] = [legacy, otlp, native, measures]

export const openLedger = (): Ledger => ({ sent: new Map(), acknowledged: new Set(), retries: 0 })

/** Lets a client write until the signal comes. @throws Error when the server refuses what it must take */
export async function drive(client: Client, server: ServerProcess, work: { ledger: Ledger; signal: AbortSignal }) {
  const { ledger, signal } = work
  for (let number = 0; !signal.aborted; number++) {
    const request = client.request(number)
    for (const record of request.records) ledger.sent.set(keyOf(record), record)
    if (!(await deliver(request, server, work))) return
    for (const record of request.records) ledger.acknowledged.add(keyOf(record))
  }
}

const RETRY_MS = 15

/** True once it is acknowledged, false when the signal came first. */
async function deliver(
  { path, records: _, ...content }: WriteRequest,
  server: ServerProcess,
  { ledger, signal }: { ledger: Ledger; signal: AbortSignal },
): Promise<boolean> {
  while (!signal.aborted) {
    const answer = await attempt(() => server.send('POST', path, content))
    if (answer?.ok) return true
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`POST ${path}: ${answer.status} ${answer.text}`)
    ledger.retries++
    await setTimeout(RETRY_MS)
  }
  return false
}

/** The answer with its whole body; undefined when the connection broke before its end. */
async function attempt(send: () => Promise<Response>) {
  try {
    const answer = await send()
    const text = await answer.text()
    // An envelope is answered 207 also when events of it were refused.
    const isWhole = !text.includes('"errors":[{') && !text.includes('partialSuccess":{"rejected')
    return { ok: answer.ok && isWhole, status: answer.status, text }
  } catch {
    return undefined
  }
}
