/**
 * Changes as bytes, for the event log and dead-letter files: one byte of format version, then the
 * change as JSON in UTF-8, in which instants are decimal text because JSON has no 64-bit integers.
 * Reading is strict: what this version doesn't know is refused, never guessed at or dropped.
 */
import type { Change } from '#domain/change.ts'
import { readChange } from '#domain/change-reader.ts'
import { AppError } from '#domain/errors.ts'
import type { Nanos } from '#domain/time.ts'

/** First byte of every payload; raised when an older reader would misunderstand. */
const FORMAT = 1

/** Writes a change for `decodeChange`. Properties that are undefined are left out. */
export function encodeChange(change: Change): Uint8Array {
  return Buffer.from(`${String.fromCharCode(FORMAT)}${changeJson(change)}`)
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
  if (payload[0] !== FORMAT) {
    throw new AppError('bad_request', `change of format ${payload[0]}, this version reads format ${FORMAT}`)
  }
  return readChange(parseText(payload))
}

function parseText(payload: Uint8Array): unknown {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset + 1, payload.byteLength - 1)
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new AppError('bad_request', 'change that is not JSON', { cause })
  }
}

function withTextInstants(change: Change): object {
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
      return change
  }
}

const text = (instant: Nanos | undefined) => instant?.toString()
const fallbackText = (fallback: { readonly timestamp?: Nanos } | undefined) =>
  fallback && { ...fallback, timestamp: text(fallback.timestamp) }
