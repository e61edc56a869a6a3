/**
 * A fixed set of connections, each good for one piece of work at a time, with a bounded queue before
 * them. It counts native work, not promises: a caller that gives up gets its answer at once, but the
 * connection stays taken until the engine is done with it.
 */
import { AppError } from '#domain/errors.ts'
import { createLine, type WaitOptions } from './line.ts'

export interface PoolOptions<T> {
  /** Callers that may wait for a connection; the next one is refused. */
  readonly maxWaiting: number
  /** Makes a connection fit for the next caller after its work failed. One that it rejects for is never used again. */
  readonly repair?: (connection: T) => Promise<void>
}

interface RunOptions extends WaitOptions {
  /** Milliseconds of work after which the caller is told `query_too_heavy`, should the engine's own limit not have acted. */
  readonly giveUpAfterMs?: number
}

export interface Pool<T> {
  /** @throws AppError `too_many_requests` when too many wait already or the wait is too long, `unavailable` once closed. */
  run<R>(work: (connection: T) => Promise<R>, options?: RunOptions): Promise<R>
  /** Work under way in the engine, that of callers who gave up included. */
  busy(): number
  waiting(): number
  /** Refuses new work and resolves when the last connection is free. */
  close(): Promise<void>
}

const lost = () => new AppError('unavailable', 'The store has lost all its connections; restart xtrace')

export function createPool<T>(connections: readonly T[], { maxWaiting, repair }: PoolOptions<T>): Pool<T> {
  const idle = [...connections]
  const line = createLine<T>(maxWaiting)
  const drained: (() => void)[] = []
  let isClosed = false
  let usable = connections.length

  const settle = () => {
    if (idle.length === usable) for (const resolve of drained.splice(0)) resolve()
  }

  const release = (connection: T) => {
    if (line.serve(connection)) return
    idle.push(connection)
    settle()
  }

  const repairThenRelease = async (connection: T) => {
    try {
      await repair?.(connection)
      release(connection)
    } catch {
      usable -= 1
      if (usable === 0) line.refuseAll(lost())
      settle()
    }
  }

  const acquire = (options: RunOptions) => {
    if (isClosed) throw new AppError('unavailable', 'The store is closed')
    if (usable === 0) throw lost()
    const connection = idle.pop()
    return connection === undefined ? line.join(options) : Promise.resolve(connection)
  }

  return {
    async run(work, options = {}) {
      options.signal?.throwIfAborted()
      const connection = await acquire(options)
      const end = line.begin(options.owner)
      const native = (async () => {
        options.signal?.throwIfAborted()
        return work(connection)
      })()
      native.then(
        () => {
          end()
          release(connection)
        },
        () => {
          end()
          return repairThenRelease(connection)
        },
      )
      return unlessGivenUp(native, options)
    },
    busy: () => usable - idle.length,
    waiting: () => line.length(),
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
