import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { changeJson } from '#domain/change-codec.ts'
import type { Refusal } from './located.ts'

/** Keeps what can't be stored, for people to look at and to send again. Resolves once it is on disk. */
export type DeadLetters = (refusals: readonly Refusal[]) => Promise<void>

/**
 * Appends to `<dir>/<day>.jsonl`, one JSON object a line: `time`, `stage`, `reason`, `position`,
 * `index` and `change` or, when that could not be read, `payload` (base64). A line may appear
 * again after a crash.
 */
export function openDeadLetters(dir: string): DeadLetters {
  return async (refusals) => {
    if (refusals.length === 0) return
    const time = new Date().toISOString()
    await mkdir(dir, { recursive: true })
    const file = await open(join(dir, `${time.slice(0, 10)}.jsonl`), 'a')
    try {
      await file.writeFile(refusals.map((refusal) => lineOf(refusal, time)).join(''))
      await file.datasync()
    } finally {
      await file.close()
    }
  }
}

function lineOf({ stage, reason, next, index, change }: Refusal, time: string): string {
  const about = JSON.stringify({ time, stage, reason, position: next, index })
  const what =
    change instanceof Uint8Array
      ? `"payload":"${Buffer.from(change).toString('base64')}"`
      : `"change":${changeJson(change)}`
  return `${about.slice(0, -1)},${what}}\n`
}
