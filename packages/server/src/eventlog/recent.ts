import type { LogBatch, Position } from '#eventlog/event-log.ts'

/** The newest batches in memory, bounded in bytes, so that a reader that keeps up needs no disk. */
export class RecentBatches {
  readonly #maxBytes: number
  #batches: LogBatch[] = []
  #bytes = 0
  /** Every batch at or behind this position is here. */
  #from: Position

  constructor(maxBytes: number, from: Position) {
    this.#maxBytes = maxBytes
    this.#from = from
  }

  add(batch: LogBatch): void {
    this.#batches.push(batch)
    this.#bytes += batch.next - batch.position
    let dropped = 0
    while (this.#bytes > this.#maxBytes) dropped += this.#forget(this.#batches[dropped])
    if (dropped > 0) this.#batches = this.#batches.slice(dropped)
  }

  /** Lets go of what lies before `position`. */
  release(position: Position): void {
    const kept = this.#batches.findIndex((batch) => batch.next > position)
    const dropped = this.#batches.splice(0, kept < 0 ? this.#batches.length : kept)
    for (const batch of dropped) this.#forget(batch)
  }

  /** All batches from `position` on, as they are now; undefined when some of them are gone. */
  since(position: Position): LogBatch[] | undefined {
    if (position < this.#from) return undefined
    const first = this.#batches.findIndex((batch) => batch.position >= position)
    return first < 0 ? [] : this.#batches.slice(first)
  }

  #forget(batch: LogBatch | undefined): number {
    if (!batch) return 0
    this.#bytes -= batch.next - batch.position
    this.#from = batch.next
    return 1
  }
}
