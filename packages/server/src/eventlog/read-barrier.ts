import type { EventLog, Position } from '#eventlog/event-log.ts'

/**
 * Read your writes: a read waits here until the writer has stored everything that was acknowledged
 * before the read arrived. The one object that writer and http share; it knows positions only.
 */
export interface ReadBarrier {
  /** The writer's word that everything before `position` can be read from the store. */
  stored(partition: number, position: Position): void
  /**
   * Waits for the log's head as it stands now, at most `timeoutMs`, or three times that if no more is missing by then than
   * the writer stores at once. Resolves to the bytes still missing: 0 when everything acknowledged so far can be read.
   */
  caughtUp(timeoutMs: number): Promise<number>
  /** Resolves once a read waits for the partition, at once if one does already, or when the signal aborts. */
  awaited(partition: number, signal: AbortSignal): Promise<void>
}

/** About what the writer stores at once: a writer that is slow for a moment is waited for, one that falls behind is not. */
const ONE_FLUSH_BYTES = 8 * 1024 * 1024
const PATIENCE = 3

interface Waiter {
  readonly position: Position
  readonly resume: () => void
}

/** A barrier over the partitions of one log, in this process. */
export function createReadBarrier(
  log: Pick<EventLog, 'partitions' | 'head' | 'committed' | 'backlogBytes'>,
): ReadBarrier {
  const storedTo = Array.from({ length: log.partitions }, (_, partition) => log.committed(partition))
  const waiters = new Map<number, Set<Waiter>>()
  const awaiting = new EventTarget()

  const distance = (heads: readonly Position[]) =>
    heads.reduce((sum, head, partition) => sum + Math.max(0, head - (storedTo[partition] ?? 0)), 0)
  // Positions leap when a log is opened, bytes do not.
  const behind = (heads: readonly Position[]) => Math.min(distance(heads), Math.max(1, log.backlogBytes()))

  /** Resolves when everything before the position is stored, or the signal aborts. */
  const reached = (partition: number, position: Position, over: AbortSignal) =>
    new Promise<void>((resume) => {
      if ((storedTo[partition] ?? 0) >= position) return resume()
      const queue = waiters.get(partition) ?? new Set()
      const waiter = { position, resume }
      waiters.set(partition, queue.add(waiter))
      const leave = () => {
        queue.delete(waiter)
        resume()
      }
      over.addEventListener('abort', leave, { once: true })
      awaiting.dispatchEvent(new Event(String(partition)))
    })

  return {
    stored(partition, position) {
      storedTo[partition] = Math.max(storedTo[partition] ?? 0, position)
      for (const waiter of waiters.get(partition) ?? []) {
        if (waiter.position > position) continue
        waiters.get(partition)?.delete(waiter)
        waiter.resume()
      }
    },
    async caughtUp(timeoutMs) {
      const heads = Array.from({ length: log.partitions }, (_, partition) => log.head(partition))
      if (behind(heads) === 0) return 0
      const over = new AbortController()
      let timer = setTimeout(() => {
        if (behind(heads) > ONE_FLUSH_BYTES) return over.abort()
        timer = setTimeout(() => over.abort(), timeoutMs * (PATIENCE - 1))
      }, timeoutMs)
      await Promise.all(heads.map((head, partition) => reached(partition, head, over.signal)))
      clearTimeout(timer)
      return behind(heads)
    },
    async awaited(partition, signal) {
      if (waiters.get(partition)?.size || signal.aborted) return
      await new Promise<void>((resume) => {
        const done = () => {
          awaiting.removeEventListener(String(partition), done)
          signal.removeEventListener('abort', done)
          resume()
        }
        awaiting.addEventListener(String(partition), done)
        signal.addEventListener('abort', done)
      })
    },
  }
}
