/** Those who wait for a connection, and in what order they get one: nobody's many queries keep out another's few. */
import { AppError } from '#domain/errors.ts'

export interface WaitOptions {
  /** Gives up waiting, here or for the work that follows; the caller gets the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Whose work it is: of those who wait, one of whom least is under way goes next. All are one when absent. */
  readonly owner?: string | undefined
  /** Milliseconds after which the caller is refused; without end when absent. */
  readonly waitAtMostMs?: number
}

export interface Line<T> {
  /** Resolves to a connection. @throws AppError `too_many_requests` when too many wait, or the wait is too long */
  join(options: WaitOptions): Promise<T>
  /** Gives a free connection to the next in line; false when nobody waits. */
  serve(connection: T): boolean
  refuseAll(reason: unknown): void
  /** Notes that work of an owner begins; call what it gives when the work has ended. */
  begin(owner?: string): () => void
  length(): number
}

interface Waiter<T> {
  readonly owner: string
  take(connection: T): void
  refuse(reason: unknown): void
}

const busy = (sentence: string) => new AppError('too_many_requests', `${sentence}; try again`, { retryAfter: 1 })

export function createLine<T>(maxWaiting: number): Line<T> {
  const waiters = new Set<Waiter<T>>()
  const underWay = new Map<string, number>()
  return {
    length: () => waiters.size,
    join(options) {
      if (waiters.size >= maxWaiting) throw busy(`${maxWaiting} queries wait for the store already`)
      return new Promise<T>((resolve, reject) => wait(waiters, options, { resolve, reject }))
    },
    serve(connection) {
      const next = nextOf(waiters, underWay)
      next?.take(connection)
      return next !== undefined
    },
    refuseAll(reason) {
      for (const waiter of waiters) waiter.refuse(reason)
    },
    begin(owner = '') {
      underWay.set(owner, (underWay.get(owner) ?? 0) + 1)
      return () => {
        const left = (underWay.get(owner) ?? 1) - 1
        if (left === 0) underWay.delete(owner)
        else underWay.set(owner, left)
      }
    },
  }
}

interface Settling<T> {
  resolve(connection: T): void
  reject(reason: unknown): void
}

function wait<T>(
  waiters: Set<Waiter<T>>,
  { signal, owner = '', waitAtMostMs }: WaitOptions,
  { resolve, reject }: Settling<T>,
): void {
  const overdue = () => waiter.refuse(busy('The store is busy with other queries'))
  const timer = waitAtMostMs === undefined ? undefined : setTimeout(overdue, waitAtMostMs)
  const abort = () => waiter.refuse(signal?.reason)
  const leave = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    return waiters.delete(waiter)
  }
  const waiter: Waiter<T> = {
    owner,
    take(connection) {
      leave()
      resolve(connection)
    },
    refuse(reason) {
      if (leave()) reject(reason)
    },
  }
  waiters.add(waiter)
  signal?.addEventListener('abort', abort, { once: true })
}

/** The one who waits longest among those whose owner has least under way. */
function nextOf<T>(waiters: Iterable<Waiter<T>>, underWay: ReadonlyMap<string, number>): Waiter<T> | undefined {
  let next: Waiter<T> | undefined
  let least = Number.POSITIVE_INFINITY
  for (const waiter of waiters) {
    const own = underWay.get(waiter.owner) ?? 0
    if (own < least) [next, least] = [waiter, own]
  }
  return next
}
