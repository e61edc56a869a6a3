/**
 * The load generator, a process of its own: builds its bodies, says so, sends for the time it is told, reports.
 * Started by lib/load.ts with a LoadSpec as its argument.
 */
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../lib/statistics.ts'
import { type Body, bodyBuilder, unitsPerRequest } from './bodies.ts'
import type { FromLoad, LoadResult, LoadSpec, ToLoad } from './protocol.ts'

/** Texts differ enough that the store does not find the same one twice in a block. */
const MIN_BODIES = 16
const MAX_POOL_BYTES = 256 * 1024 * 1024
/** Between tries of a request that was shed. */
const RETRY_MS = 20
const GIVE_UP_AFTER_MS = 120_000

const spec: LoadSpec = JSON.parse(process.argv[2] ?? '')
const agent = new Agent({ keepAlive: true, maxSockets: spec.rate === undefined ? spec.clients : 1024 })
const build = bodyBuilder({ ...spec, now: Date.now() })
const pool = buildPool()
const counts = { requests: 0, updates: 0, bytes: 0, shed: 0, failed: 0, next: 0 }
const latencies: number[] = []
/** What each request told of that is to be updated: an update leaves the times of what it updates alone. */
const instants = new Map<number, number>()
let firstFailure: string | undefined
let isStopped = false

process.on('message', (message: ToLoad) => {
  if (message.kind === 'stop') isStopped = true
  else void run(message.seconds)
})
process.on('disconnect', () => process.exit())
say({ kind: 'ready' })

function say(message: FromLoad): void {
  process.send?.(message)
}

interface Pooled {
  readonly seed: number
  readonly body: Body
  /** The instant it tells of, in milliseconds since the epoch. */
  readonly now: number
}

function pooled(seed: number, now = Date.now()): Pooled {
  return { seed, body: build(seed, now), now }
}

/** Payloads of 12 KB make bodies of a megabyte: as many as fit, but one for each client. */
function buildPool(): Pooled[] {
  const bytes = unitsPerRequest(spec) * (spec.payloadBytes + 500)
  const count = Math.max(spec.clients, Math.min(MIN_BODIES, Math.floor(MAX_POOL_BYTES / bytes)))
  return Array.from({ length: count }, (_, seed) => pooled(seed))
}

async function run(seconds: number): Promise<void> {
  const begun = performance.now()
  const end = begun + seconds * 1000
  if (spec.rate === undefined) await Promise.all(Array.from({ length: spec.clients }, () => sendUntil(end)))
  else await sendAtRate(spec.rate, begun, end)
  say({ kind: 'done', result: result((performance.now() - begun) / 1000) })
}

async function sendUntil(end: number): Promise<void> {
  while (performance.now() < end && !isStopped) await sendOne(performance.now())
}

/** A late answer delays no other request: what waits for a slow server counts as its latency. */
async function sendAtRate(rate: number, begun: number, end: number): Promise<void> {
  const underWay = new Set<Promise<void>>()
  for (let due = begun, index = 0; due < end && !isStopped; due = begun + (++index * 1000) / rate) {
    const wait = due - performance.now()
    if (wait > 0) await pause(wait)
    const sending = sendOne(due)
    underWay.add(sending)
    void sending.finally(() => underWay.delete(sending))
  }
  await Promise.all(underWay)
}

async function sendOne(due: number): Promise<void> {
  const { number, isUpdate } = nextNumber()
  const taken = isUpdate ? pooled(counts.next, instants.get(number)) : fresh(pool.pop() ?? pooled(number))
  if (spec.updatesAfter !== undefined) instants.set(number, taken.now)
  const bytes = taken.body.stamp(number)
  try {
    await sendUntilTaken(bytes)
    counts.requests++
    if (isUpdate) counts.updates++
    counts.bytes += bytes.length
    latencies.push(performance.now() - due)
  } catch (error) {
    counts.failed++
    firstFailure ??= String(error)
  } finally {
    if (!isUpdate) pool.unshift(taken)
  }
}

function nextNumber(): { number: number; isUpdate: boolean } {
  const index = counts.next++
  const { firstNumber, updatesAfter } = spec
  if (updatesAfter === undefined) return { number: firstNumber + index, isUpdate: false }
  const created = Math.floor(index / 2)
  if (index % 2 === 0) return { number: firstNumber + created, isUpdate: false }
  return { number: firstNumber + Math.max(0, created - updatesAfter), isUpdate: true }
}

function fresh(taken: Pooled): Pooled {
  const { renewAfterMs = Number.POSITIVE_INFINITY } = spec
  return Date.now() - taken.now < renewAfterMs ? taken : pooled(taken.seed)
}

async function sendUntilTaken(bytes: Buffer): Promise<void> {
  const giveUp = performance.now() + GIVE_UP_AFTER_MS
  for (;;) {
    const { status, text } = await post(bytes)
    if ((status === 429 || status === 503) && performance.now() < giveUp) counts.shed++
    else if (status >= 300 || hasRefusals(status, text)) throw new Error(`${status} ${text.slice(0, 300)}`)
    else return
    await pause(RETRY_MS)
  }
}

/** A batch is answered 207 whether or not some of it was refused. */
function hasRefusals(status: number, text: string): boolean {
  return status === 207 && !/"errors":\s*\[\s*\]/.test(text)
}

function post(bytes: Buffer): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { ...spec.headers, 'content-length': bytes.length }
    const sent = request(spec.url, { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', reject)
    sent.end(bytes)
  })
}

function result(seconds: number): LoadResult {
  const { requests, updates, bytes, shed, failed } = counts
  return {
    seconds,
    requests,
    units: (requests - updates) * unitsPerRequest(spec),
    bytes,
    shed,
    failed,
    firstFailure,
    latency: { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), max: percentile(latencies, 1) },
  }
}
