/** All dead letters of a folder, through the event log once more. */
import { join } from 'node:path'
import type { EventLog } from '#eventlog/event-log.ts'
import { deadLetterFiles, type Replayed, replayDeadLetters } from '#writer/dead-letter-files.ts'

/**
 * What may be written to meanwhile must not be: the files go once they are read. A file that fails stays, and so do
 * those behind it. @throws AppError as `EventLog.append`
 */
export async function replayAllDeadLetters(dir: string, log: Pick<EventLog, 'append'>): Promise<Replayed> {
  let [letters, unreadable] = [0, 0]
  for (const name of await deadLetterFiles(dir)) {
    const replayed = await replayDeadLetters(join(dir, name), log)
    letters += replayed.letters
    unreadable += replayed.unreadable
  }
  return { letters, unreadable }
}
