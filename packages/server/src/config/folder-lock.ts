/**
 * One process for one folder. The lock is a file that names its holder; a file whose holder is dead,
 * or whose process id now belongs to another program, is taken over.
 */
import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { isRunning, processStart } from './process-start.ts'

export interface FolderLock {
  /** Lets the folder go; another process may take it at once. */
  release(): Promise<void>
}

const Holder = z.object({
  pid: z.int().positive(),
  /** ISO time at which the holder took the folder. */
  since: z.string(),
  /** Tells the holder from a later process of the same id; empty where the system does not say. */
  start: z.string(),
  /** Different for every lock ever taken. */
  token: z.string(),
})
type Holder = z.output<typeof Holder>

/** How often a lock found stale, or gone again, is tried once more. */
const ATTEMPTS = 5

/** @throws AppError `conflict` naming the holder, `unavailable` when the file can't be written */
export async function lockFolder(folder: string, file: string): Promise<FolderLock> {
  const self: Holder = {
    pid: process.pid,
    since: new Date().toISOString(),
    start: processStart(process.pid) ?? '',
    token: randomUUID(),
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await tryTake(file, self)) return { release: () => release(file, self) }
    const holder = await readHolder(file)
    if (holder && isAlive(holder)) throw inUse(folder, holder)
    await discard(file, holder)
  }
  throw new AppError('conflict', `The data folder ${folder} is being taken by other processes; try again`)
}

/** A link, unlike a new file, appears with its content at once: nobody can read half a lock. */
async function tryTake(file: string, self: Holder): Promise<boolean> {
  const draft = `${file}.${self.token}`
  try {
    await writeFile(draft, JSON.stringify(self), { mode: 0o600 })
    await link(draft, file)
    return true
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false
    throw new AppError('unavailable', `The lock ${file} can not be written`, { cause })
  } finally {
    await rm(draft, { force: true })
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function isAlive({ pid, start }: Holder): boolean {
  if (!isRunning(pid)) return false
  const current = processStart(pid)
  return current === undefined || start === '' || current === start
}

/**
 * Moves a stale lock out of the way. Should another process have taken the folder since it was
 * read, what was moved is that process's lock, and is put back.
 */
async function discard(file: string, stale: Holder | undefined): Promise<void> {
  const moved = `${file}.${randomUUID()}`
  try {
    await rename(file, moved)
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return
    throw new AppError('unavailable', `The stale lock ${file} can not be removed`, { cause })
  }
  const found = await readHolder(moved)
  if (found && found.token !== stale?.token) await link(moved, file).catch(() => {})
  await rm(moved, { force: true })
}

async function release(file: string, self: Holder): Promise<void> {
  const holder = await readHolder(file)
  if (holder?.token === self.token) await rm(file, { force: true })
}

function inUse(folder: string, { pid, since }: Holder): AppError {
  return new AppError(
    'conflict',
    `The data folder ${folder} is in use by process ${pid} since ${since}; stop it, or set XTRACE_DATA_DIR to another folder`,
  )
}

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}
