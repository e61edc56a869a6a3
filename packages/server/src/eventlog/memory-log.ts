import { AppError } from '#domain/errors.ts'
import type { EventLog, LogBatch, Position } from '#eventlog/event-log.ts'
import { Waiters } from '#eventlog/waiters.ts'

export interface MemoryLogOptions {
  readonly maxBytes?: number
  readonly start?: Position
}

/** An event log in memory, for tests: passes the same cases as the segment log, forgets with the process. */
export function createMemoryLog(options: MemoryLogOptions = {}): EventLog {
  const { maxBytes = Number.POSITIVE_INFINITY, start = Date.now() * 1000 } = options
  const waiters = new Waiters()
  let batches: LogBatch[] = []
  let head = start
  let committed = start
  let isClosed = false
  const checkOpen = () => {
    if (isClosed) throw new AppError('unavailable', 'The event log is closed')
  }
  const backlogBytes = () => head - committed
  const checkRoom = (bytes: number) => {
    checkOpen()
    if (backlogBytes() + bytes <= maxBytes) return
    throw new AppError('log_full', `${backlogBytes()} bytes wait; raise XTRACE_EVENT_LOG_MAX_BYTES`, { retryAfter: 1 })
  }

  return {
    partitions: 1,
    async append(entries) {
      checkOpen()
      if (entries.length === 0) return
      const bytes = entries.reduce((sum, entry) => sum + entry.payload.byteLength, 1)
      checkRoom(bytes)
      const payloads = entries.map((entry) => entry.payload)
      batches.push({ partition: 0, position: head, next: head + bytes, payloads })
      head += bytes
      waiters.advance(head)
    },
    checkRoom,
    head: () => head,
    committed: () => committed,
    async *read(_partition, from) {
      checkOpen()
      yield* batches.filter((batch) => batch.position >= from)
    },
    async waitBeyond(_partition, position, signal) {
      checkOpen()
      if (head <= position) await waiters.wait(position, signal)
    },
    async commit(_partition, to) {
      checkOpen()
      committed = Math.max(committed, to)
      batches = batches.filter((batch) => batch.next > committed)
    },
    backlogBytes,
    async close() {
      isClosed = true
    },
  }
}
