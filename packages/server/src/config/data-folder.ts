import { chmod, mkdir, readdir } from 'node:fs/promises'
import { join, posix, win32 } from 'node:path'
import { UNFINISHED_RESTORE } from '#domain/data-folder.ts'
import { AppError } from '#domain/errors.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import type { Env } from './load.ts'

export interface Home {
  readonly platform: NodeJS.Platform
  readonly env: Env
  /** The user's home folder. */
  readonly home: string
}

/** Where each system wants a user's program data: XDG base directories, Application Support, Local AppData. */
export function defaultDataDir({ platform, env, home }: Home): string {
  if (platform === 'win32') return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'xtrace')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'xtrace')
  const base = env['XDG_DATA_HOME']
  // The specification says that a relative path is to be ignored.
  return base && posix.isAbsolute(base) ? posix.join(base, 'xtrace') : posix.join(home, '.local', 'share', 'xtrace')
}

/**
 * Makes the folder, readable by its user alone, and takes it for this process.
 * @throws AppError `conflict` naming the process that holds it; `unavailable` when it can't be made, or a restore into
 *   it did not end: it looks whole then and lacks records
 */
export async function openDataFolder(path: string): Promise<FolderLock> {
  try {
    const made = await mkdir(path, { recursive: true, mode: 0o700 })
    if (made !== undefined) await chmod(path, 0o700)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('unavailable', `The data folder ${path} can not be made: ${reason}`, { cause })
  }
  const lock = await lockFolder(path, join(path, LOCK_FILE))
  if (!(await readdir(path)).includes(UNFINISHED_RESTORE)) return lock
  await lock.release()
  throw new AppError('unavailable', `The data folder ${path} holds an unfinished restore; empty it and restore again`)
}

/** The file by which a process holds a data folder. */
export const LOCK_FILE = 'lock'
