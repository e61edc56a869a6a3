/** The segment files of one log folder: their names, their headers, and what a start makes of them. */
import { join } from 'node:path'
import { AppError } from '#domain/errors.ts'
import type { Disk, LogFile } from '#eventlog/disk.ts'
import type { Position } from '#eventlog/event-log.ts'
import { type Damage, scanFrames } from '#eventlog/scan.ts'

/** A file that takes no more appends, or the one that does. Its bytes are the positions `start` to `end`. */
export interface Segment {
  readonly path: string
  readonly start: Position
  end: Position
}

export const SEGMENT_HEADER_BYTES = 16
const MAGIC = Buffer.from('xtrlog\0')
const FORMAT = 1
const NAME = /^(\d{16})\.seg$/

/** Creates an empty segment that is durable in its folder. Leaves no file behind when the disk refuses. */
export async function createSegment(disk: Disk, dir: string, start: Position): Promise<Segment & { file: LogFile }> {
  const path = join(dir, `${String(start).padStart(16, '0')}.seg`)
  const file = await disk.open(path, 'create')
  try {
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES)
    MAGIC.copy(header)
    header.writeUInt8(FORMAT, MAGIC.byteLength)
    header.writeBigUInt64LE(BigInt(start), 8)
    await file.write(header, 0)
    return { path, start, end: start + SEGMENT_HEADER_BYTES, file }
  } catch (error) {
    await file.close()
    await disk.remove(path)
    throw error
  }
}

/**
 * The segments found in a folder, oldest first. The last one is cut behind its last whole frame: what
 * stands there was never acknowledged, or its sync policy did not promise to keep it. Files without
 * a frame are removed.
 * @throws AppError `unavailable` for a segment that a later version wrote
 */
export async function openSegments(disk: Disk, dir: string, onDamage: (damage: Damage) => void): Promise<Segment[]> {
  const names = (await disk.list(dir)).filter((name) => NAME.test(name)).sort()
  const segments: Segment[] = []
  for (const name of names) {
    const path = join(dir, name)
    const start = Number(name.slice(0, 16))
    const segment = { path, start, end: start + (await disk.size(path)) }
    const isLast = name === names.at(-1)
    await withFile(disk, path, async (file) => {
      await checkFormat(file, path)
      if (isLast) segment.end = await cutTornTail(file, segment, onDamage)
    })
    if (segment.end - start > SEGMENT_HEADER_BYTES) segments.push(segment)
    else await disk.remove(path)
  }
  return segments
}

/** Opens a file for the time of one piece of work. */
async function withFile<T>(disk: Disk, path: string, work: (file: LogFile) => Promise<T>): Promise<T> {
  const file = await disk.open(path, 'existing')
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

async function checkFormat(file: LogFile, path: string): Promise<void> {
  const header = await file.read(0, SEGMENT_HEADER_BYTES)
  const format = header[MAGIC.byteLength]
  if (header.subarray(0, MAGIC.byteLength).equals(MAGIC) && format !== FORMAT) {
    throw new AppError(
      'unavailable',
      `${path} has format ${format}; this version of xtrace reads format ${FORMAT}: start the version that wrote it, or a later one`,
    )
  }
}

/** Position after the last whole frame; the file ends there afterwards. */
async function cutTornTail(file: LogFile, segment: Segment, onDamage: (damage: Damage) => void): Promise<Position> {
  const { start, end } = segment
  let sound = Math.min(end, start + SEGMENT_HEADER_BYTES)
  for await (const found of scanFrames(file, { start, from: sound, to: end })) {
    if ('payloads' in found) sound = found.next
    else if (found.damagedFrom + found.bytes === end) onDamage(found)
  }
  if (sound < end) {
    await file.truncate(sound - start)
    await file.sync()
  }
  return sound
}
