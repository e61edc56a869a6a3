/**
 * A fixed set of connections, each good for one piece of work at a time, with a bounded queue before
 * them. It counts native work, not promises: a caller that gives up gets its answer at once, but the
 * connection stays taken until the engine is done with it.
 */
import { AppError } from '#domain/errors.ts'

export interface PoolOptions<T> {
  /** Callers that may wait for a connection; the next one is refused. */
  readonly maxWaiting: number
  /** Makes a connection fit for the next caller after its work failed. One that it rejects for is never used again. */
  readonly repair?: (connection: T) => Promise<void>
}

interface RunOptions {
  /** Gives up waiting, in the queue or for the work; the caller gets the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds of work after which the caller is told `query_too_heavy`, should the engine's own limit not have acted. */
  readonly giveUpAfterMs?: number
}

export interface Pool<T> {
  /** @throws AppError `too_many_requests` when too many wait already, `unavailable` once closed. */
  run<R>(work: (connection: T) => Promise<R>, options?: RunOptions): Promise<R>
  /** Work under way in the engine, that of callers who gave up included. */
  busy(): number
  waiting(): number
  /** Refuses new work and resolves when the last connection is free. */
  close(): Promise<void>
}

interface Taker<T> {
  take(connection: T): void
  refuse(reason: unknown): void
}

const lost = () => new AppError('unavailable', 'The store has lost all its connections; restart xtrace')

export function createPool<T>(connections: readonly T[], { maxWaiting, repair }: PoolOptions<T>): Pool<T> {
  const idle = [...connections]
  const queue = new Set<Taker<T>>()
  const drained: (() => void)[] = []
  let isClosed = false
  let usable = connections.length

  const settle = () => {
    if (idle.length === usable) for (const resolve of drained.splice(0)) resolve()
  }

  const release = (connection: T) => {
    const [next] = queue
    if (next) {
      queue.delete(next)
      return next.take(connection)
    }
    idle.push(connection)
    settle()
  }

  const repairThenRelease = async (connection: T) => {
    try {
      await repair?.(connection)
      release(connection)
    } catch {
      usable -= 1
      if (usable === 0) for (const waiting of queue) waiting.refuse(lost())
      settle()
    }
  }

  const acquire = (signal: AbortSignal | undefined) => {
    if (isClosed) throw new AppError('unavailable', 'The store is closed')
    if (usable === 0) throw lost()
    const connection = idle.pop()
    if (connection !== undefined) return Promise.resolve(connection)
    if (queue.size >= maxWaiting) {
      throw new AppError('too_many_requests', `${maxWaiting} queries wait for the store already; try again`, {
        retryAfter: 1,
      })
    }
    return new Promise<T>((resolve, reject) => {
      const leave = () => taker.refuse(signal?.reason)
      const taker: Taker<T> = {
        take(free) {
          signal?.removeEventListener('abort', leave)
          resolve(free)
        },
        refuse(reason) {
          signal?.removeEventListener('abort', leave)
          if (queue.delete(taker)) reject(reason)
        },
      }
      queue.add(taker)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  return {
    async run(work, options = {}) {
      options.signal?.throwIfAborted()
      const connection = await acquire(options.signal)
      const native = (async () => {
        options.signal?.throwIfAborted()
        return work(connection)
      })()
      native.then(
        () => release(connection),
        () => repairThenRelease(connection),
      )
      return unlessGivenUp(native, options)
    },
    busy: () => usable - idle.length,
    waiting: () => queue.size,
    async close() {
      isClosed = true
      if (idle.length < usable) await new Promise<void>((resolve) => drained.push(resolve))
    },
  }
}

/** The work's outcome, or an early rejection; the work itself goes on, and its late failure is nobody's. */
function unlessGivenUp<R>(native: Promise<R>, { signal, giveUpAfterMs }: RunOptions): Promise<R> {
  if (!signal && giveUpAfterMs === undefined) return native
  return new Promise<R>((resolve, reject) => {
    const abort = () => reject(signal?.reason)
    const timer =
      giveUpAfterMs === undefined ? undefined : setTimeout(() => reject(new AppError('query_too_heavy')), giveUpAfterMs)
    signal?.addEventListener('abort', abort, { once: true })
    native.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    })
  })
}
