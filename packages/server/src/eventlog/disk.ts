/** The few things that the event log asks of a disk, so that tests can stand a failing one in. */
import { constants } from 'node:fs'
import { type FileHandle, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** One open file. Every method rejects with the system's error when the disk refuses. */
export interface LogFile {
  /** Writes all bytes at the offset. */
  write(bytes: Buffer, offset: number): Promise<void>
  /** Reads at most `length` bytes; fewer, or none, at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>
  truncate(length: number): Promise<void>
  /** Resolves once the contents would survive loss of power. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** When a write resolves: `synced` once it would survive loss of power, `cached` once the system has it. */
export type Writes = 'synced' | 'cached'

export interface Disk {
  /** Opens a file for reading and writing. `create` makes a new one, durable in its folder, and fails if there is one. */
  open(path: string, mode: 'create' | 'existing', writes?: Writes): Promise<LogFile>
  list(dir: string): Promise<string[]>
  /** How long a file is, and under how many names it is known. */
  stat(path: string): Promise<{ readonly bytes: number; readonly links: number }>
  remove(path: string): Promise<void>
  /** Within one folder; not durable before `syncFolder`. */
  rename(from: string, to: string): Promise<void>
  /** Makes the names in a folder durable. */
  syncFolder(dir: string): Promise<void>
  /** The text of a small file; undefined when there is none. */
  readText(path: string): Promise<string | undefined>
  /** Replaces a small file as a whole: after a crash it holds the old text or the new, durable before this resolves. */
  replaceText(path: string, text: string): Promise<void>
}

const { O_RDWR, O_CREAT, O_EXCL } = constants
/** A write returns once it is durable. Other systems lack the flag, or leave the bytes in the drive's cache. */
const O_DSYNC = process.platform === 'linux' ? constants.O_DSYNC : 0

/** The disk of this machine. */
export const nodeDisk: Disk = {
  async open(path, mode, writes = 'cached') {
    const isSynced = writes === 'synced'
    const flags = O_RDWR | (mode === 'create' ? O_CREAT | O_EXCL : 0) | (isSynced ? O_DSYNC : 0)
    const handle = await open(path, flags)
    if (mode === 'create') await settle(path, handle)
    return {
      async write(bytes, offset) {
        for (let done = 0; done < bytes.byteLength; ) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, offset + done)
          done += bytesWritten
        }
        if (isSynced && O_DSYNC === 0) await handle.datasync()
      },
      async read(offset, length) {
        const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset)
        return buffer.subarray(0, bytesRead)
      },
      truncate: (length) => handle.truncate(length),
      sync: () => handle.datasync(),
      close: () => handle.close(),
    }
  },
  list: (dir) => readdir(dir),
  async stat(path) {
    const { size, nlink } = await stat(path)
    return { bytes: size, links: nlink }
  },
  remove: (path) => unlink(path),
  rename: (from, to) => rename(from, to),
  syncFolder,
  async readText(path) {
    try {
      return await readFile(path, 'utf8')
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  async replaceText(path, text) {
    const draft = `${path}.new`
    const handle = await open(draft, 'w')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
    await syncFolder(dirname(path))
  },
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Makes a new file durable in its folder, or leaves none. */
async function settle(path: string, handle: FileHandle): Promise<void> {
  try {
    await syncFolder(dirname(path))
  } catch (error) {
    await handle.close()
    await unlink(path)
    throw error
  }
}

/** A new or renamed file is only as durable as the entry in its folder. */
async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
