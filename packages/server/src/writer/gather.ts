import type { EventLog, LogBatch, Position } from '#eventlog/event-log.ts'

export interface Gathered {
  readonly batches: readonly LogBatch[]
  /** Where the next gathering starts. */
  readonly reached: Position
}

/** What one flush takes at most, unless a single batch is larger. Bounds the writer's memory. */
const MAX_BYTES = 8 * 1024 * 1024
const MAX_CHANGES = 10_000

/** The batches from `from` on that make up the next flush. Damaged stretches of the log are stepped over. */
export async function gather(log: EventLog, partition: number, from: Position): Promise<Gathered> {
  const head = log.head(partition)
  const batches: LogBatch[] = []
  let bytes = 0
  let changes = 0
  for await (const batch of log.read(partition, from)) {
    bytes += batch.next - batch.position
    changes += batch.payloads.length
    if (batches.length > 0 && (bytes > MAX_BYTES || changes > MAX_CHANGES)) {
      return { batches, reached: batches.at(-1)?.next ?? from }
    }
    batches.push(batch)
  }
  return { batches, reached: Math.max(head, batches.at(-1)?.next ?? from) }
}
