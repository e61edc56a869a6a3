/** The segment files of one log folder: what lies in them, and what a start makes of them. */
import { join } from 'node:path'
import type { Disk, LogFile } from '#eventlog/disk.ts'
import type { Position } from '#eventlog/event-log.ts'
import { FRAME_HEADER_BYTES, parseFrameHeader, resemblesFrame } from '#eventlog/frame.ts'
import { type Damage, type ScanRange, scanFrames } from '#eventlog/scan.ts'
import { parseSegmentHeader, SEGMENT_HEADER_BYTES } from '#eventlog/segment-header.ts'

/**
 * A file that takes no more appends, or the one that does. Its frames lie from `first` to `end`; what the file holds
 * behind them is room.
 */
export interface Segment {
  readonly path: string
  readonly start: Position
  readonly first: Position
  end: Position
}

export interface FoundSegments {
  /** Oldest first; each holds a frame. */
  readonly segments: Segment[]
  /** Paths of segments that hold none: nothing was written to them since they were made or renamed. */
  readonly idle: string[]
  readonly tail: Tail | undefined
}

/** What follows the last frame of the last segment. */
interface Tail {
  readonly bytes: number
  /** A frame that was torn or damaged. */
  readonly torn: Damage | undefined
}

const NAME = /^(\d{16})\.seg$/

export const segmentPath = (dir: string, start: Position): string => join(dir, `${String(start).padStart(16, '0')}.seg`)

/**
 * Looks from the newest file back, and changes nothing. The last segment is read to learn where it ends; of each other one the
 * next tells, or it is the end of the file.
 * @throws AppError `unavailable` for a segment that a later version wrote
 */
export async function findSegments(disk: Disk, dir: string): Promise<FoundSegments> {
  const names = (await disk.list(dir)).filter((name) => NAME.test(name)).sort()
  const segments: Segment[] = []
  const idle: string[] = []
  let tail: Tail | undefined
  let nextKnows = 0
  for (const name of names.reverse()) {
    const path = join(dir, name)
    const start = Number(name.slice(0, 16))
    const fileEnd = start + (await disk.stat(path)).bytes
    const { header, sound } = await withFile(disk, path, async (file) => ({
      sound: tail ? undefined : await findSoundEnd(file, { start, from: start, to: fileEnd }),
      // After the frames: a header that is there by now was written with the first of them.
      header: parseSegmentHeader(await file.read(0, SEGMENT_HEADER_BYTES), start, path),
    }))
    const end = sound?.end ?? (nextKnows > start ? Math.min(nextKnows, fileEnd) : fileEnd)
    const segment = { path, start, first: start + header.bytes, end }
    if (header.isOfEarlierLife || end <= segment.first) {
      idle.push(path)
      continue
    }
    segments.unshift(segment)
    tail ??= { bytes: fileEnd - end, torn: sound?.torn }
    nextKnows = header.previousEnd
  }
  return { segments, idle, tail }
}

/**
 * The segments found in a folder. The last one is cut behind its last whole frame: what stands there was never
 * acknowledged, or its sync policy did not promise to keep it.
 * @throws AppError `unavailable` for a segment that a later version wrote
 */
export async function openSegments(
  disk: Disk,
  dir: string,
  onDamage: (damage: Damage) => void,
): Promise<Pick<FoundSegments, 'segments' | 'idle'>> {
  const { segments, idle, tail } = await findSegments(disk, dir)
  const last = segments.at(-1)
  if (tail?.torn) onDamage(tail.torn)
  if (last && tail && tail.bytes > 0) {
    await withFile(disk, last.path, async (file) => {
      await file.truncate(last.end - last.start)
      await file.sync()
    })
  }
  return { segments, idle }
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

/** Position after the last whole frame, `range.from` if there is none; and whether one had been begun behind it. */
async function findSoundEnd(file: LogFile, range: ScanRange): Promise<{ end: Position; torn: Damage | undefined }> {
  let end = range.from
  for await (const found of scanFrames(file, range)) if ('payloads' in found) end = found.next
  if (end === range.from) return { end, torn: undefined }
  const next = await file.read(end - range.start, Math.min(FRAME_HEADER_BYTES, range.to - end))
  if (!resemblesFrame(next, end)) return { end, torn: undefined }
  const bytes = FRAME_HEADER_BYTES + (parseFrameHeader(next, end)?.bodyBytes ?? 0)
  return { end, torn: { damagedFrom: end, bytes: Math.min(bytes, range.to - end) } }
}
