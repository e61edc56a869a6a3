/**
 * The end of the log that grows: writes groups of frames to the newest segment, goes on to the next
 * segment when it is full, and after a failure cuts off what may be half written before anything
 * else is appended. Never called twice at once.
 */

import type { Disk, LogFile } from '#eventlog/disk.ts'
import type { LogBatch, Position } from '#eventlog/event-log.ts'
import { sealFrame } from '#eventlog/frame.ts'
import type { RoomAhead } from '#eventlog/room.ts'
import { buildSegmentHeader, SEGMENT_HEADER_BYTES } from '#eventlog/segment-header.ts'
import { type Segment, segmentPath } from '#eventlog/segments.ts'

/** An append on its way: its frame, lacking only the position, and the same payloads for readers. */
export interface Draft {
  readonly frame: Buffer
  readonly payloads: readonly Uint8Array[]
}

export interface AppenderOptions {
  readonly disk: Disk
  readonly dir: string
  readonly room: RoomAhead
  /** Where the first segment of this run starts. */
  readonly start: Position
  readonly segmentBytes: number
  readonly syncEachGroup: boolean
  /** Told of every new segment. */
  readonly onSegment: (segment: Segment) => void
}

interface ActiveSegment {
  readonly segment: Segment
  readonly file: LogFile
  /** Where the next segment starts: frames lie before it. */
  readonly limit: Position
  /** What goes before the first frame, written together with it. */
  readonly header: Buffer
  /** All of the file was written before. */
  isRoomy: boolean
  /** Bytes of the file that are sound. */
  written: number
}

export class Appender {
  readonly #options: AppenderOptions
  #active: ActiveSegment | undefined
  #next: { readonly start: Position; readonly previousEnd: Position }
  /** Bytes of a failed write may lie behind the active segment's end. */
  #isTorn = false
  #isDirty = false

  constructor(options: AppenderOptions) {
    this.#options = options
    this.#next = { start: options.start, previousEnd: 0 }
  }

  /** Writes the drafts in their order, all or none. Rejects with the disk's error. */
  async append(drafts: readonly Draft[]): Promise<LogBatch[]> {
    await this.#cutTorn()
    const active = await this.#segmentFor(drafts.reduce((sum, { frame }) => sum + frame.byteLength, 0))
    const { segment } = active
    let position = segment.end
    const batches = drafts.map(({ frame, payloads }) => {
      const next = position + frame.byteLength
      const batch = { partition: 0, position, next, payloads }
      sealFrame(frame, position)
      position = next
      return batch
    })
    await this.#write(active, drafts)
    segment.end = position
    return batches
  }

  /** Makes what was appended without a sync durable. */
  async sync(): Promise<void> {
    if (!this.#active || !this.#isDirty) return
    await this.#active.file.sync()
    this.#isDirty = false
  }

  async close(): Promise<void> {
    try {
      await this.#cutTorn()
      if (this.#active?.isRoomy) await this.#cut(this.#active)
    } finally {
      await this.#retire()
    }
  }

  async #write(active: ActiveSegment, drafts: readonly Draft[]): Promise<void> {
    const frames = drafts.map(({ frame }) => frame)
    const bytes = Buffer.concat(active.written === 0 ? [active.header, ...frames] : frames)
    this.#isTorn = true
    await active.file.write(bytes, active.written)
    this.#isTorn = false
    this.#isDirty = !this.#options.syncEachGroup
    active.written += bytes.byteLength
  }

  /** After a failed write: the file ends again where it was sound. No reader ever saw what goes. */
  async #cutTorn(): Promise<void> {
    if (!this.#isTorn || !this.#active) return
    await this.#cut(this.#active)
    this.#isTorn = false
  }

  async #cut(active: ActiveSegment): Promise<void> {
    active.isRoomy = false
    await active.file.truncate(active.written)
    await active.file.sync()
  }

  /** The one in use as long as it holds the bytes; one without room of its own only until there is another. */
  async #segmentFor(bytes: number): Promise<ActiveSegment> {
    const { room, onSegment } = this.#options
    const active = this.#active
    const isFull = active && active.segment.end + bytes > active.limit
    if (active && !isFull && (active.isRoomy || !room.isReady)) return active
    await this.#retire()
    const begun = await this.#begin(bytes)
    this.#active = begun
    onSegment(begun.segment)
    room.prepare(begun.limit)
    return begun
  }

  async #begin(bytes: number): Promise<ActiveSegment> {
    const { room, disk, dir, segmentBytes, syncEachGroup } = this.#options
    const { start, previousEnd } = this.#next
    const ready = await room.take(start)
    const path = ready?.path ?? segmentPath(dir, start)
    const file = ready?.file ?? (await disk.open(path, 'create', syncEachGroup ? 'synced' : 'cached'))
    const first = start + SEGMENT_HEADER_BYTES
    return {
      segment: { path, start, first, end: first },
      file,
      limit: Math.max(start + segmentBytes, first + bytes),
      header: buildSegmentHeader(start, previousEnd),
      isRoomy: ready !== undefined,
      written: 0,
    }
  }

  async #retire(): Promise<void> {
    const active = this.#active
    if (!active) return
    await this.sync()
    this.#active = undefined
    const previousEnd = active.written > 0 ? active.segment.end : this.#next.previousEnd
    this.#next = { start: active.limit, previousEnd }
    await active.file.close()
  }
}
