import type { LogFile } from '#eventlog/disk.ts'
import type { LogBatch, Position } from '#eventlog/event-log.ts'
import { FRAME_HEADER_BYTES, FRAME_MAGIC, parseFrameBody, parseFrameHeader } from '#eventlog/frame.ts'

/** Bytes between frames that are not one. */
export interface Damage {
  readonly damagedFrom: Position
  readonly bytes: number
}

export interface ScanRange {
  /** Position of the file's first byte. */
  readonly start: Position
  readonly from: Position
  readonly to: Position
}

const READ_BYTES = 256 * 1024

/**
 * The frames of one file from `from` up to `to`, oldest first. What is not a frame is reported as
 * damage, and the scan goes on at the next frame that is whole.
 */
export async function* scanFrames(file: LogFile, range: ScanRange): AsyncGenerator<LogBatch | Damage> {
  const bytesAt = windowOver(file, range)
  let at = range.from
  while (at < range.to) {
    const header = parseFrameHeader(await bytesAt(at, FRAME_HEADER_BYTES), at)
    const next = header ? at + FRAME_HEADER_BYTES + header.bodyBytes : range.to + 1
    if (!header || next > range.to) {
      const resumed = await findFrame(bytesAt, { ...range, from: at + 1 })
      yield { damagedFrom: at, bytes: resumed - at }
      at = resumed
      continue
    }
    const payloads = parseFrameBody(await bytesAt(at + FRAME_HEADER_BYTES, header.bodyBytes), header)
    yield payloads ? { partition: 0, position: at, next, payloads } : { damagedFrom: at, bytes: next - at }
    at = next
  }
}

type BytesAt = (position: Position, length: number) => Promise<Buffer>

/** Reads through one buffer of some size, since frames are mostly small. */
function windowOver(file: LogFile, range: ScanRange): BytesAt {
  let window: Buffer = Buffer.alloc(0)
  let windowAt = range.from
  return async (position, length) => {
    const wanted = Math.min(length, range.to - position)
    if (position < windowAt || position + wanted > windowAt + window.byteLength) {
      const ahead = Math.min(Math.max(wanted, READ_BYTES), range.to - position)
      window = await file.read(position - range.start, ahead)
      windowAt = position
    }
    return window.subarray(position - windowAt, position - windowAt + wanted)
  }
}

/** The position of the next whole header at or after `from`; `to` when there is none. */
async function findFrame(bytesAt: BytesAt, { from, to }: ScanRange): Promise<Position> {
  let at = from
  while (at < to) {
    const bytes = await bytesAt(at, READ_BYTES)
    if (bytes.byteLength < FRAME_HEADER_BYTES) return to
    for (let hit = bytes.indexOf(FRAME_MAGIC); hit >= 0; hit = bytes.indexOf(FRAME_MAGIC, hit + 1)) {
      if (parseFrameHeader(await bytesAt(at + hit, FRAME_HEADER_BYTES), at + hit)) return at + hit
    }
    at += bytes.byteLength - FRAME_MAGIC.byteLength + 1
  }
  return to
}
