/** Reads the files that dead-letters.ts writes, and sends what they hold through the event log once more. */
import { createReadStream } from 'node:fs'
import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { type Change, partitionKey } from '#domain/change.ts'
import { encodeChange } from '#domain/change-codec.ts'
import { readChange } from '#domain/change-reader.ts'
import type { Entry, EventLog } from '#eventlog/event-log.ts'

/** One change that could not be stored. */
export interface DeadLetter {
  /** ISO time at which it was given up. */
  readonly time: string
  readonly stage: string
  readonly reason: string
  /** Its place in the event log. */
  readonly position: number
  readonly index: number
  /** The change as the log had it, or bytes that this version, or the one that wrote the file, can't read. */
  readonly content: Change | Uint8Array
}

/** A line of a file: the text, and what it says unless a crash cut it off. */
export interface DeadLetterLine {
  readonly text: string
  readonly letter: DeadLetter | undefined
}

const NAME = /^\d{4}-\d{2}-\d{2}(-\d+)?\.jsonl$/

/** Names of the files, oldest first; none when there is no folder. */
export async function deadLetterFiles(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => NAME.test(name)).sort()
}

/** The lines of one file, each content once: a crash may have written it twice. */
export async function* readDeadLetters(path: string): AsyncGenerator<DeadLetterLine> {
  const seen = new Set<string>()
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text === '') continue
    const letter = parseLetter(text)
    const identity = text.slice(text.indexOf('"stage"'))
    if (letter && seen.has(identity)) continue
    seen.add(identity)
    yield { text, letter }
  }
}

function parseLetter(text: string): DeadLetter | undefined {
  try {
    const { time, stage, reason, position, index, change, payload } = Object(JSON.parse(text))
    const content = typeof payload === 'string' ? Buffer.from(payload, 'base64') : readChange(change)
    return {
      time: String(time),
      stage: String(stage),
      reason: String(reason),
      position: Number(position),
      index: Number(index),
      content,
    }
  } catch {
    return undefined
  }
}

export interface Replayed {
  readonly letters: number
  /** Lines that say nothing; they stay in their file. */
  readonly unreadable: number
}

/** One append carries about this much. */
const APPEND_BYTES = 1024 * 1024

/**
 * Appends what a file holds to the event log, then takes the file away. A crash in between sends it again the
 * next time, which changes nothing: changes fold, and refused points of metrics have an identity of their own.
 * @throws AppError as `EventLog.append`; the file then stays
 */
export async function replayDeadLetters(path: string, log: Pick<EventLog, 'append'>): Promise<Replayed> {
  const left: string[] = []
  let letters = 0
  let entries: Entry[] = []
  let bytes = 0
  const send = async () => {
    await log.append(entries)
    letters += entries.length
    entries = []
    bytes = 0
  }
  for await (const { text, letter } of readDeadLetters(path)) {
    if (!letter) {
      left.push(text)
      continue
    }
    entries.push(entryOf(letter))
    bytes += text.length
    if (bytes >= APPEND_BYTES) await send()
  }
  await send()
  if (left.length === 0) await rm(path)
  else await replaceFile(path, `${left.join('\n')}\n`)
  return { letters, unreadable: left.length }
}

function entryOf({ content, position }: DeadLetter): Entry {
  if (content instanceof Uint8Array) return { key: `${position}`, payload: content }
  return { key: partitionKey(content), payload: encodeChange(content) }
}

async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
