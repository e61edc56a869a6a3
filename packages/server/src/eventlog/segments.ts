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
  /** What follows the last frame of the last segment; undefined where no segment holds a frame. */
  readonly tailBytes: number | undefined
  /** Frames that were torn or damaged, behind the last whole one. */
  readonly torn: Damage[]
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
  const torn: Damage[] = []
  let tailBytes: number | undefined
  let nextKnows = 0
  for (const name of names.reverse()) {
    const path = join(dir, name)
    const start = Number(name.slice(0, 16))
    const fileEnd = start + (await disk.stat(path)).bytes
    const { header, sound } = await withFile(disk, path, async (file) => {
      const range = { start, from: start, to: fileEnd }
      const sound = tailBytes === undefined ? await findSoundEnd(file, range) : undefined
      // After the frames: a header that is there by now was written with the first of them.
      const header = parseSegmentHeader(await file.read(0, SEGMENT_HEADER_BYTES), start, path)
      if (sound !== undefined)
        torn.push(...(await findTorn(file, { ...range, from: Math.max(sound, start + header.bytes) })))
      return { header, sound }
    })
    const end = sound ?? (nextKnows > start ? Math.min(nextKnows, fileEnd) : fileEnd)
    const segment = { path, start, first: start + header.bytes, end }
    if (header.isOfEarlierLife || end <= segment.first) {
      idle.push(path)
      continue
    }
    segments.unshift(segment)
    tailBytes ??= fileEnd - end
    nextKnows = header.previousEnd
  }
  return { segments, idle, tailBytes, torn }
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
  const { segments, idle, tailBytes, torn } = await findSegments(disk, dir)
  const last = segments.at(-1)
  for (const damage of torn) onDamage(damage)
  if (last && tailBytes) {
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

/** Position after the last whole frame; `range.from` if there is none. */
async function findSoundEnd(file: LogFile, range: ScanRange): Promise<Position> {
  let end = range.from
  for await (const found of scanFrames(file, range)) if ('payloads' in found) end = found.next
  return end
}

/** A frame that had been begun at the start of the range, where none is whole. */
async function findTorn(file: LogFile, { start, from, to }: ScanRange): Promise<Damage[]> {
  const next = await file.read(from - start, Math.max(0, Math.min(FRAME_HEADER_BYTES, to - from)))
  if (!resemblesFrame(next, from)) return []
  const bytes = FRAME_HEADER_BYTES + (parseFrameHeader(next, from)?.bodyBytes ?? 0)
  return [{ damagedFrom: from, bytes: Math.min(bytes, to - from) }]
}
