import { type Change, partitionKey } from '#domain/change.ts'
import { encodeChange } from '#domain/change-codec.ts'
import type { EventLog } from '#eventlog/event-log.ts'

/** Takes the changes of one request, all or none: resolves once they are in the event log. */
export type Accept = (changes: readonly Change[]) => Promise<void>

/** The end of every way in. Changes of one call become visible together. @throws AppError as `EventLog.append` */
export function acceptInto(log: EventLog): Accept {
  return async (changes) => {
    if (changes.length === 0) return
    await log.append(changes.map((change) => ({ key: partitionKey(change), payload: encodeChange(change) })))
  }
}
