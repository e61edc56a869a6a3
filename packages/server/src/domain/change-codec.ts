/**
 * Changes as bytes, for the event log: one byte of format version, then the change as JSON in
 * UTF-8, in which instants are decimal text because JSON has no 64-bit integers. Long texts stand
 * behind the JSON as they are, since to quote and to unquote them was most of the work
 * (docs/formats/eventlog.md). Reading is strict: what this version doesn't know is refused, never
 * guessed at or dropped.
 */
import type { Change } from '#domain/change.ts'
import { readChange } from '#domain/change-reader.ts'
import { AppError } from '#domain/errors.ts'
import type { Nanos } from '#domain/time.ts'

/** First byte of a payload that is JSON alone. */
const PLAIN = 1
/** First byte where long texts follow: behind it the length of the JSON and of each text, then all of these. */
const WITH_TEXTS = 2

/** The fields whose texts may stand behind the JSON, in this order. */
const TEXTS = ['input', 'output', 'metadata'] as const
/** Shorter ones are as cheap to quote. */
const LONG = 64
const LENGTH_BYTES = 4
const HEADER_BYTES = 1 + LENGTH_BYTES * (1 + TEXTS.length)
/** In place of the length of a text that is not there, or in the JSON. */
const ABSENT = 0xffff_ffff

type Fields = Record<string, unknown>

/** Writes a change for `decodeChange`. Properties that are undefined are left out. */
export function encodeChange(change: Change): Uint8Array {
  const fields = withTextInstants(change)
  const texts = TEXTS.map((field) => takeLong(fields, field))
  const json = JSON.stringify(fields)
  if (texts.every((text) => text === undefined)) return Buffer.from(`${String.fromCharCode(PLAIN)}${json}`)
  return joined(json, texts)
}

/** The JSON part alone; for dead-letter files, which people read. */
export function changeJson(change: Change): string {
  return JSON.stringify(withTextInstants(change))
}

/**
 * Reads what `encodeChange` wrote.
 * @throws AppError `bad_request` naming the first field that is unknown, missing or of the wrong type
 */
export function decodeChange(payload: Uint8Array): Change {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  switch (bytes[0]) {
    case PLAIN:
      return readChange(parseJson(bytes, 1, bytes.length))
    case WITH_TEXTS:
      return readChange(parseWithTexts(bytes))
    default:
      throw new AppError('bad_request', `change of format ${bytes[0]}, this version reads formats up to ${WITH_TEXTS}`)
  }
}

/** Takes a text out that is better not quoted. One that UTF-8 can't spell (half of a pair) stays. */
function takeLong(fields: Fields, field: string): string | undefined {
  const text = fields[field]
  if (typeof text !== 'string' || text.length < LONG || !text.isWellFormed()) return undefined
  // Left out by JSON.stringify; to delete it would make the object slow.
  fields[field] = undefined
  return text
}

function joined(json: string, texts: readonly (string | undefined)[]): Buffer {
  const lengths = [json, ...texts].map((text) => (text === undefined ? ABSENT : Buffer.byteLength(text)))
  const size = lengths.reduce((sum, length) => (length === ABSENT ? sum : sum + length), HEADER_BYTES)
  const bytes = Buffer.allocUnsafe(size)
  let at = bytes.writeUInt8(WITH_TEXTS, 0)
  for (const length of lengths) at = bytes.writeUInt32LE(length, at)
  for (const text of [json, ...texts]) if (text !== undefined) at += bytes.write(text, at)
  return bytes
}

function parseWithTexts(bytes: Buffer): unknown {
  const cutOff = () => new AppError('bad_request', 'change that is cut off')
  if (bytes.length < HEADER_BYTES) throw cutOff()
  const lengthAt = (index: number) => bytes.readUInt32LE(1 + LENGTH_BYTES * index)
  let at = HEADER_BYTES + lengthAt(0)
  if (at > bytes.length) throw cutOff()
  const fields = parseJson(bytes, HEADER_BYTES, at)
  if (typeof fields !== 'object' || fields === null) return fields
  for (const [index, field] of TEXTS.entries()) {
    const length = lengthAt(index + 1)
    if (length === ABSENT) continue
    if (at + length > bytes.length) throw cutOff()
    Reflect.set(fields, field, bytes.toString('utf8', at, at + length))
    at += length
  }
  if (at < bytes.length) throw new AppError('bad_request', 'change with bytes behind its end')
  return fields
}

function parseJson(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end))
  } catch (cause) {
    throw new AppError('bad_request', 'change that is not JSON', { cause })
  }
}

/** A copy of the change. */
function withTextInstants(change: Change): Fields {
  switch (change.kind) {
    case 'trace':
      return { ...change, timestamp: text(change.timestamp), fallback: fallbackText(change.fallback) }
    case 'observation':
      return {
        ...change,
        startTime: text(change.startTime),
        endTime: text(change.endTime),
        completionStartTime: text(change.completionStartTime),
      }
    case 'score':
      return { ...change, timestamp: text(change.timestamp) }
    case 'metrics':
      return { ...change, points: change.points.map((point) => ({ ...point, timestamp: text(point.timestamp) })) }
    case 'removal':
      return { ...change }
  }
}

const text = (instant: Nanos | undefined) => instant?.toString()
const fallbackText = (fallback: { readonly timestamp?: Nanos } | undefined) =>
  fallback && { ...fallback, timestamp: text(fallback.timestamp) }
