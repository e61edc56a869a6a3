import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { changeJson } from '#domain/change-codec.ts'
import { deadLetterFiles } from './dead-letter-files.ts'
import type { Refusal } from './located.ts'

/** Keeps what can't be stored, for people to look at and to send again. Resolves once it is on disk. */
export type DeadLetters = (refusals: readonly Refusal[]) => Promise<void>

export interface DeadLetterOptions {
  /** Made when the first letter comes. */
  readonly dir: string
  /** What all files may take; past it, the oldest go. */
  readonly maxBytes: number
  /** Told of every file that went. */
  readonly onDiscarded: (file: string, bytes: number) => void
}

/** A file that has reached this part of the bound is followed by a new one, so that little goes at a time. */
const SHARE = 8

/**
 * Appends to `<dir>/<UTC day>-<number>.jsonl`, one JSON object a line: `time`, `stage`, `reason`, `position`,
 * `index` and `change` or, when that could not be read, `payload` (base64). A line may appear again after
 * a crash, or be cut off by one.
 */
export function openDeadLetters({ dir, maxBytes, onDiscarded }: DeadLetterOptions): DeadLetters {
  return async (refusals) => {
    if (refusals.length === 0) return
    await mkdir(dir, { recursive: true })
    const time = new Date().toISOString()
    const name = await fileFor(dir, time.slice(0, 10), maxBytes / SHARE)
    await append(join(dir, name), refusals.map((refusal) => lineOf(refusal, time)).join(''))
    await discardOldest(dir, { except: name, maxBytes, onDiscarded })
  }
}

async function fileFor(dir: string, day: string, fullBytes: number): Promise<string> {
  const newest = (await deadLetterFiles(dir)).filter((name) => name.startsWith(day)).at(-1)
  const number = Number(newest?.slice(day.length + 1, -'.jsonl'.length) ?? 0)
  const isFull = newest !== undefined && (await stat(join(dir, newest))).size >= fullBytes
  return `${day}-${String(isFull ? number + 1 : number).padStart(6, '0')}.jsonl`
}

/** What a crash left of a line is ended first, lest it take the next one along. */
async function append(path: string, lines: string): Promise<void> {
  const file = await open(path, 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    await file.writeFile(size > 0 && last.toString() !== '\n' ? `\n${lines}` : lines)
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function discardOldest(
  dir: string,
  { except, maxBytes, onDiscarded }: Omit<DeadLetterOptions, 'dir'> & { readonly except: string },
): Promise<void> {
  const names = await deadLetterFiles(dir)
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(dir, name))).size })))
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { name, bytes } of files) {
    if (total <= maxBytes || name === except) return
    await rm(join(dir, name), { force: true })
    total -= bytes
    onDiscarded(name, bytes)
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
