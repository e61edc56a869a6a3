import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A day of dead letters: `2026-01-02.jsonl`. */
const FILE = /^(\d{4}-\d{2}-\d{2})\b.*\.jsonl$/

/** Removes the files of whole days before `beforeMs`; gives how many. A folder that is not there holds none. */
export async function discardDeadLetters(dir: string, beforeMs: number): Promise<number> {
  const bound = new Date(beforeMs).toISOString().slice(0, 10)
  const names = await readdir(dir).catch((): string[] => [])
  const old = names.filter((name) => (FILE.exec(name)?.[1] ?? bound) < bound)
  for (const name of old) await rm(join(dir, name), { force: true })
  return old.length
}
