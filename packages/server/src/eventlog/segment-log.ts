/**
 * The event log as segment files in one folder: one partition, one process. The bytes are drawn in
 * docs/formats/eventlog.md. The folder belongs to one process; who opens it a second time damages it,
 * so the caller holds the lock on the data folder.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#domain/errors.ts'
import { Appender } from '#eventlog/appender.ts'
import { type CursorFile, cursorFile } from '#eventlog/cursor-file.ts'
import { type Disk, nodeDisk } from '#eventlog/disk.ts'
import type { Entry, EventLog, LogBatch, Position } from '#eventlog/event-log.ts'
import { buildFrame } from '#eventlog/frame.ts'
import { diskFull, GroupWriter } from '#eventlog/group-writer.ts'
import { RecentBatches } from '#eventlog/recent.ts'
import { RoomAhead } from '#eventlog/room.ts'
import { type Damage, type ScanRange, scanFrames } from '#eventlog/scan.ts'
import { openSegments, type Segment } from '#eventlog/segments.ts'
import { Waiters } from '#eventlog/waiters.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { CounterMetric, Metrics } from '#telemetry/metrics.ts'

export interface SegmentLogOptions {
  /** Folder of the segments and the cursor; made when absent. */
  readonly dir: string
  /** Bound of what is appended and not yet committed. */
  readonly maxBytes: number
  /** A segment takes what fits into this size, but one append at least. */
  readonly segmentBytes: number
  /**
   * `always`: an append resolves once it would survive loss of power. `interval`: a sync every
   * `syncIntervalMs`; `off`: the system's own pace. The latter two survive the death of the process only.
   */
  readonly sync: 'always' | 'interval' | 'off'
  readonly syncIntervalMs: number
  readonly logger: Logger
  readonly metrics?: Metrics
  readonly disk?: Disk
  /** Nothing is taken while it is short of room. */
  readonly space?: { isShort(): boolean }
}

const RECENT_BYTES = 16 * 1024 * 1024
/** One write carries at most about this much, and no more than a segment takes. */
const GROUP_BYTES = 16 * 1024 * 1024
/** Appends that wait for the disk in memory. */
const PENDING_BYTES = 64 * 1024 * 1024
/**
 * How far a start leaps beyond the last position known, at least: more than a writer can have stored
 * and not yet committed when the end of the log was lost with the machine's power.
 */
const LEAP = 256 * 1024 * 1024

/**
 * Opens the log, or begins one. A log begun now starts at the microseconds since the epoch: beyond
 * every earlier log of this data folder, as long as those took less than 1 MB a second all their life.
 * @throws AppError `unavailable` for files of a later version; the system's error when the folder can't be used
 */
export async function openSegmentLog(options: SegmentLogOptions): Promise<EventLog> {
  const disk = options.disk ?? nodeDisk
  await mkdir(options.dir, { recursive: true })
  const cursor = cursorFile(disk, join(options.dir, 'cursor'))
  const damage = damageReport(options)
  const { segments: found, idle } = await openSegments(disk, options.dir, damage)
  const now = Date.now() * 1000
  const committed = (await cursor.read()) ?? found[0]?.start
  const head = Math.max(committed ?? now, found.at(-1)?.end ?? 0)
  const segments = found.filter((segment) => segment.end > (committed ?? 0))
  const consumed = found.filter((segment) => !segments.includes(segment))
  const room = roomAhead(options, disk)
  await room.adopt([...idle, ...consumed.map(({ path }) => path)])
  const start = committed === undefined ? now : Math.max(now, head + LEAP)
  return new SegmentLog({ ...options, disk, cursor, damage, room, segments, committed: committed ?? now, head, start })
}

/** Where no append waits for a sync, none has to be made shorter. */
function roomAhead({ dir, segmentBytes, sync, space, logger }: SegmentLogOptions, disk: Disk): RoomAhead {
  const onFailure = (err: unknown) => logger.warn({ err }, 'no room could be made ready ahead for the event log')
  return new RoomAhead({ disk, dir, segmentBytes, isWanted: sync === 'always', space, onFailure })
}

interface Opened extends SegmentLogOptions {
  readonly disk: Disk
  readonly cursor: CursorFile
  readonly damage: (damage: Damage) => void
  readonly room: RoomAhead
  readonly segments: Segment[]
  readonly committed: Position
  readonly head: Position
  readonly start: Position
}

class SegmentLog implements EventLog {
  readonly partitions = 1
  readonly #opened: Opened
  readonly #segments: Segment[]
  /** Segments whose files are being read, once a reader. */
  readonly #reading: Segment[] = []
  readonly #appender: Appender
  readonly #writer: GroupWriter
  readonly #recent: RecentBatches
  readonly #waiters = new Waiters()
  readonly #syncTimer: NodeJS.Timeout | undefined
  readonly #appended: CounterMetric<never> | undefined
  readonly #refused: CounterMetric<'reason'> | undefined
  #head: Position
  #committed: Position
  #committing: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(opened: Opened) {
    this.#opened = opened
    this.#segments = opened.segments
    this.#head = opened.head
    this.#committed = opened.committed
    this.#recent = new RecentBatches(RECENT_BYTES, opened.head)
    this.#appender = new Appender({
      ...opened,
      syncEachGroup: opened.sync === 'always',
      onSegment: (segment) => this.#segments.push(segment),
    })
    this.#writer = new GroupWriter({
      appender: this.#appender,
      maxGroupBytes: Math.min(GROUP_BYTES, opened.segmentBytes),
      logger: opened.logger,
      onWritten: (batches) => this.#extend(batches),
      onRefused: ({ code }) => this.#refused?.inc({ reason: code === 'log_full' ? 'disk_full' : 'unavailable' }),
    })
    if (opened.sync === 'interval') {
      this.#syncTimer = setInterval(() => this.#writer.demandSync(), opened.syncIntervalMs).unref()
    }
    this.#appended = opened.metrics?.counter('xtrace_eventlog_appended_bytes_total', 'Bytes appended to the event log')
    this.#refused = opened.metrics?.counter('xtrace_eventlog_refused_total', 'Appends refused, by reason', ['reason'])
    opened.metrics?.gauge('xtrace_eventlog_backlog_bytes', 'Bytes appended and not yet committed', () =>
      this.backlogBytes(),
    )
  }

  async append(entries: readonly Entry[]): Promise<void> {
    this.#checkOpen()
    if (entries.length === 0) return
    const payloads = entries.map((entry) => entry.payload)
    const frame = buildFrame(payloads)
    this.checkRoom(frame.byteLength)
    await this.#writer.write({ frame, payloads })
  }

  head(): Position {
    return this.#head
  }

  committed(): Position {
    return this.#committed
  }

  async *read(_partition: number, from: Position): AsyncGenerator<LogBatch> {
    this.#checkOpen()
    const recent = this.#recent.since(from)
    if (recent) {
      yield* recent
      return
    }
    const head = this.#head
    for (const segment of [...this.#segments]) {
      if (segment.end <= from || segment.start >= head) continue
      yield* this.#readSegment(segment, { from, head })
    }
  }

  async waitBeyond(_partition: number, position: Position, signal: AbortSignal): Promise<void> {
    this.#checkOpen()
    if (this.#head <= position) await this.#waiters.wait(position, signal)
  }

  async commit(_partition: number, to: Position): Promise<void> {
    this.#checkOpen()
    const done = this.#committing.then(() => this.#commit(to))
    this.#committing = done.catch(() => {})
    await done
  }

  backlogBytes(): number {
    const committed = this.#committed
    return this.#segments.reduce((sum, { first, end }) => sum + Math.max(0, end - Math.max(committed, first)), 0)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#syncTimer)
    await this.#writer.settled()
    await this.#committing
    await this.#appender.close()
    await this.#opened.room.close()
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new AppError('unavailable', 'The event log is closed')
  }

  checkRoom(bytes: number): void {
    this.#checkOpen()
    const { maxBytes, space } = this.#opened
    if (space?.isShort()) {
      this.#refused?.inc({ reason: 'disk_full' })
      throw diskFull()
    }
    const { pendingBytes } = this.#writer
    const backlog = this.backlogBytes() + pendingBytes
    if (pendingBytes > 0 && pendingBytes + bytes > PENDING_BYTES) {
      this.#refused?.inc({ reason: 'disk_slow' })
      throw new AppError('log_full', 'The disk of the event log can not keep up: try again later', { retryAfter: 1 })
    }
    if (backlog + bytes <= maxBytes) return
    this.#refused?.inc({ reason: 'log_full' })
    throw new AppError(
      'log_full',
      `${backlog} bytes wait in the event log to be stored and its bound is ${maxBytes}: try again later, or raise XTRACE_EVENT_LOG_MAX_BYTES`,
      { retryAfter: 1 },
    )
  }

  #extend(batches: readonly LogBatch[]): void {
    for (const batch of batches) {
      this.#recent.add(batch)
      this.#head = batch.next
      this.#appended?.inc({}, batch.next - batch.position)
    }
    this.#waiters.advance(this.#head)
  }

  async *#readSegment(segment: Segment, { from, head }: { from: Position; head: Position }): AsyncGenerator<LogBatch> {
    const { start, first } = segment
    const range = { start, from: Math.max(from, first), to: Math.min(head, segment.end) }
    this.#reading.push(segment)
    try {
      yield* readFrames(this.#opened, segment.path, range)
    } finally {
      this.#reading.splice(this.#reading.indexOf(segment), 1)
    }
  }

  async #commit(to: Position): Promise<void> {
    if (to <= this.#committed) return
    await this.#opened.cursor.write(to)
    this.#committed = to
    this.#recent.release(to)
    while (this.#segments.length > 1 && (this.#segments[0]?.end ?? to + 1) <= to) {
      const segment = this.#segments.shift()
      if (segment) await this.#letGo(segment)
    }
  }

  /** A file that is being read is not written to again. */
  async #letGo(segment: Segment): Promise<void> {
    const { disk, room } = this.#opened
    await (this.#reading.includes(segment) ? disk.remove(segment.path) : room.recycle(segment.path))
  }
}

async function* readFrames({ disk, damage }: Opened, path: string, range: ScanRange): AsyncGenerator<LogBatch> {
  const file = await disk.open(path, 'existing')
  try {
    for await (const found of scanFrames(file, range)) {
      if ('payloads' in found) yield found
      else damage(found)
    }
  } finally {
    await file.close()
  }
}

function damageReport({ logger, metrics }: SegmentLogOptions): (damage: Damage) => void {
  const skipped = metrics?.counter('xtrace_eventlog_damaged_bytes_total', 'Bytes of the log that are no whole frame')
  return (damage) => {
    skipped?.inc({}, damage.bytes)
    logger.error(damage, 'bytes of the event log are damaged and were skipped')
  }
}
