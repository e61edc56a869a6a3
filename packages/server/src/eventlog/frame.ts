/**
 * Frames: how one append lies in a segment file. Drawn in docs/formats/eventlog.md. All integers
 * are little-endian. The header carries its own checksum and its own position, so that a reader
 * that lost its way can find the next frame, and bytes that only look like a frame are not taken
 * for one.
 */
import { crc32 } from 'node:zlib'
import type { Position } from '#eventlog/event-log.ts'

/** 0xF7 occurs in no UTF-8 text, which payloads mostly are. */
export const FRAME_MAGIC = Buffer.from([0xf7, 0x78, 0x74, 0x72])
export const FRAME_HEADER_BYTES = 24
const HEADER_CRC_AT = 20
const LENGTH_BYTES = 4

export interface FrameHeader {
  readonly bodyBytes: number
  readonly bodyCrc: number
}

/** One append as a frame that lacks only its position (`sealFrame`). */
export function buildFrame(payloads: readonly Uint8Array[]): Buffer {
  const bodyBytes = payloads.reduce((sum, payload) => sum + LENGTH_BYTES + payload.byteLength, LENGTH_BYTES)
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + bodyBytes)
  let at = frame.writeUInt32LE(payloads.length, FRAME_HEADER_BYTES)
  for (const payload of payloads) {
    at = frame.writeUInt32LE(payload.byteLength, at)
    frame.set(payload, at)
    at += payload.byteLength
  }
  FRAME_MAGIC.copy(frame)
  frame.writeUInt32LE(bodyBytes, 4)
  frame.writeUInt32LE(crc32(frame.subarray(FRAME_HEADER_BYTES)), 16)
  return frame
}

/** Writes the frame's place into its header, which completes it. */
export function sealFrame(frame: Buffer, position: Position): void {
  frame.writeBigUInt64LE(BigInt(position), 8)
  frame.writeUInt32LE(crc32(frame.subarray(0, HEADER_CRC_AT)), HEADER_CRC_AT)
}

/** The header in the first bytes of `bytes`; undefined unless it is whole and belongs at `position`. */
export function parseFrameHeader(bytes: Buffer, position: Position): FrameHeader | undefined {
  if (bytes.byteLength < FRAME_HEADER_BYTES) return undefined
  if (!bytes.subarray(0, FRAME_MAGIC.byteLength).equals(FRAME_MAGIC)) return undefined
  if (crc32(bytes.subarray(0, HEADER_CRC_AT)) !== bytes.readUInt32LE(HEADER_CRC_AT)) return undefined
  if (bytes.readBigUInt64LE(8) !== BigInt(position)) return undefined
  return { bodyBytes: bytes.readUInt32LE(4), bodyCrc: bytes.readUInt32LE(16) }
}

/**
 * Whether the first bytes of `bytes` look like a header that was meant for `position`, even if torn or with a byte flipped.
 * Neither zeros nor frames of an earlier life of the file do.
 */
export function resemblesFrame(bytes: Buffer, position: Position): boolean {
  const isMarked = bytes.byteLength > 0 && FRAME_MAGIC.indexOf(bytes.subarray(0, FRAME_MAGIC.byteLength)) === 0
  if (bytes.byteLength < FRAME_HEADER_BYTES) return isMarked
  if (bytes.readBigUInt64LE(8) === BigInt(position)) return true
  return isMarked && crc32(bytes.subarray(0, HEADER_CRC_AT)) !== bytes.readUInt32LE(HEADER_CRC_AT)
}

/** The payloads of a body, views into it; undefined when it is not what the header promised. */
export function parseFrameBody(body: Buffer, header: FrameHeader): Buffer[] | undefined {
  if (body.byteLength !== header.bodyBytes || crc32(body) !== header.bodyCrc) return undefined
  const payloads: Buffer[] = []
  let at = LENGTH_BYTES
  for (let left = body.readUInt32LE(0); left > 0; left--) {
    const start = at + LENGTH_BYTES
    at = start + body.readUInt32LE(at)
    payloads.push(body.subarray(start, at))
  }
  return payloads
}
