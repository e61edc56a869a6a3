/**
 * The end of the log that grows: writes groups of frames to the newest segment, starts the next
 * segment when it is full, and after a failure cuts off what may be half written before anything
 * else is appended. Never called twice at once.
 */

import type { Disk, LogFile } from '#eventlog/disk.ts'
import type { LogBatch, Position } from '#eventlog/event-log.ts'
import { sealFrame } from '#eventlog/frame.ts'
import { createSegment, type Segment } from '#eventlog/segments.ts'

/** An append on its way: its frame, lacking only the position, and the same payloads for readers. */
export interface Draft {
  readonly frame: Buffer
  readonly payloads: readonly Uint8Array[]
}

export interface AppenderOptions {
  readonly disk: Disk
  readonly dir: string
  /** Where the first segment of this run starts. */
  readonly start: Position
  readonly segmentBytes: number
  readonly syncEachGroup: boolean
  /** Told of every new segment. */
  readonly onSegment: (segment: Segment) => void
}

type ActiveSegment = Segment & { readonly file: LogFile }

export class Appender {
  readonly #options: AppenderOptions
  #active: ActiveSegment | undefined
  #nextStart: Position
  /** Bytes may lie behind the active segment's end. */
  #isTorn = false
  #isDirty = false

  constructor(options: AppenderOptions) {
    this.#options = options
    this.#nextStart = options.start
  }

  /** Writes the drafts in their order, all or none. Rejects with the disk's error. */
  async append(drafts: readonly Draft[]): Promise<LogBatch[]> {
    await this.#cutTorn()
    const segment = await this.#segmentWithRoom()
    let position = segment.end
    const batches = drafts.map(({ frame, payloads }) => {
      const next = position + frame.byteLength
      const batch = { partition: 0, position, next, payloads }
      sealFrame(frame, position)
      position = next
      return batch
    })
    this.#isTorn = true
    await segment.file.write(Buffer.concat(drafts.map((draft) => draft.frame)), segment.end - segment.start)
    this.#isDirty = true
    if (this.#options.syncEachGroup) await this.#sync(segment)
    this.#isTorn = false
    segment.end = position
    return batches
  }

  /** Makes what was appended without a sync durable. */
  async sync(): Promise<void> {
    if (this.#active && this.#isDirty) await this.#sync(this.#active)
  }

  async close(): Promise<void> {
    try {
      await this.#cutTorn()
    } finally {
      await this.#retire()
    }
  }

  async #sync(segment: ActiveSegment): Promise<void> {
    await segment.file.sync()
    this.#isDirty = false
  }

  /** After a failed write or sync: the file ends again where it was sound. No reader ever saw what goes. */
  async #cutTorn(): Promise<void> {
    if (!this.#isTorn || !this.#active) return
    await this.#active.file.truncate(this.#active.end - this.#active.start)
    await this.#active.file.sync()
    this.#isTorn = false
  }

  async #segmentWithRoom(): Promise<ActiveSegment> {
    const { segmentBytes, disk, dir, onSegment } = this.#options
    if (this.#active && this.#active.end - this.#active.start >= segmentBytes) await this.#retire()
    if (this.#active) return this.#active
    this.#active = await createSegment(disk, dir, this.#nextStart)
    onSegment(this.#active)
    return this.#active
  }

  async #retire(): Promise<void> {
    const segment = this.#active
    if (!segment) return
    if (this.#isDirty) await this.#sync(segment)
    this.#active = undefined
    this.#nextStart = segment.end
    await segment.file.close()
  }
}
