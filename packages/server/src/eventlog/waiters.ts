import type { Position } from '#eventlog/event-log.ts'

/** Those who wait for the head to move on. */
export class Waiters {
  readonly #waiting = new Set<{ readonly position: Position; readonly resume: () => void }>()

  /** Resolves at the first `advance` to a head beyond `position`, or when the signal aborts. */
  wait(position: Position, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const waiter = { position, resume: () => leave() }
      const leave = () => {
        this.#waiting.delete(waiter)
        signal.removeEventListener('abort', leave)
        resolve()
      }
      signal.addEventListener('abort', leave)
      this.#waiting.add(waiter)
    })
  }

  advance(head: Position): void {
    for (const waiter of [...this.#waiting]) if (waiter.position < head) waiter.resume()
  }
}
