/** The first bytes of a segment, drawn in docs/formats/eventlog.md. */
import { crc32 } from 'node:zlib'
import { AppError } from '#domain/errors.ts'
import type { Position } from '#eventlog/event-log.ts'

export const SEGMENT_HEADER_BYTES = 32
const FORMAT = 2
/** The header of format 1 ends behind the position of byte 0. */
const FORMAT_1_BYTES = 16
const MAGIC = Buffer.from('xtrlog\0')
const FORMAT_AT = MAGIC.byteLength
const CRC_AT = 28

export interface SegmentHeader {
  /** No frame lies before this byte. */
  readonly bytes: number
  /** Where the segment before this one ends, if the same run of the program wrote it; 0 when that is unknown. */
  readonly previousEnd: Position
  /** The file was renamed and nothing was written to it since. */
  readonly isOfEarlierLife: boolean
}

export function buildSegmentHeader(start: Position, previousEnd: Position): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES)
  MAGIC.copy(header)
  header.writeUInt8(FORMAT, FORMAT_AT)
  header.writeBigUInt64LE(BigInt(start), 8)
  header.writeBigUInt64LE(BigInt(previousEnd), 16)
  header.writeUInt32LE(crc32(header.subarray(0, CRC_AT)), CRC_AT)
  return header
}

/**
 * What can be told from a file's first bytes; a damaged header promises nothing, and the frames name their places themselves.
 * @throws AppError `unavailable` for a segment that a later version wrote
 */
export function parseSegmentHeader(bytes: Buffer, start: Position, path: string): SegmentHeader {
  const unknown = { bytes: FORMAT_1_BYTES, previousEnd: 0, isOfEarlierLife: false }
  if (bytes.byteLength < FORMAT_1_BYTES || !bytes.subarray(0, FORMAT_AT).equals(MAGIC)) return unknown
  if (bytes.readBigUInt64LE(8) !== BigInt(start)) return { ...unknown, isOfEarlierLife: isWhole(bytes) }
  const format = bytes.readUInt8(FORMAT_AT)
  if (format === 1) return unknown
  if (format !== FORMAT) {
    throw new AppError(
      'unavailable',
      `${path} has format ${format}; this version of xtrace reads formats 1 and ${FORMAT}: start the version that wrote it, or a later one`,
    )
  }
  if (!isWhole(bytes)) return unknown
  return { ...unknown, bytes: SEGMENT_HEADER_BYTES, previousEnd: Number(bytes.readBigUInt64LE(16)) }
}

function isWhole(bytes: Buffer): boolean {
  return bytes.byteLength >= SEGMENT_HEADER_BYTES && crc32(bytes.subarray(0, CRC_AT)) === bytes.readUInt32LE(CRC_AT)
}
