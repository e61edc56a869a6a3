/**
 * Bounds what the bodies of all requests under way hold together: as many as fit are read, the next one
 * is told to come back. A body counts from its first byte until its request is answered, as what was
 * parsed of it lives as long.
 */
import { AppError } from '#domain/errors.ts'

export interface BodyBudget {
  /** The share of one request. */
  open(): BodyShare
  /** Runs one inflation when few are under way, since none is known to be small before it is done. */
  inflate<T>(work: () => Promise<T>): Promise<T>
  /** Bytes taken now. */
  bytes(): number
}

export interface BodyShare {
  /** Takes room for so many more bytes. @throws AppError `too_many_requests` when there is none */
  take(bytes: number): void
  /** Gives back all of it. */
  close(): void
}

/** As many as the thread pool works on at a time by default; each may hold one body beyond the budget. */
const INFLATING = 4

export function createBodyBudget(maxBytes: number): BodyBudget {
  let taken = 0
  let inflating = 0
  const waiting: (() => void)[] = []
  return {
    bytes: () => taken,
    open() {
      let own = 0
      return {
        take(bytes) {
          if (taken + bytes > maxBytes) throw overBudget(taken, maxBytes)
          taken += bytes
          own += bytes
        },
        close() {
          taken -= own
          own = 0
        },
      }
    },
    async inflate(work) {
      if (inflating === INFLATING) await new Promise<void>((resume) => waiting.push(resume))
      else inflating++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else inflating--
      }
    },
  }
}

function overBudget(taken: number, maxBytes: number): AppError {
  return new AppError(
    'too_many_requests',
    `The bodies of requests under way hold ${taken} bytes and may hold ${maxBytes}: try again later, or raise XTRACE_BODIES_MAX_BYTES`,
    { retryAfter: 1 },
  )
}
