/** The few things that the event log asks of a disk, so that tests can stand a failing one in. */
import { open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
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

export interface Disk {
  /** Opens a file for reading and writing. `create` makes a new one, durable in its folder, and fails if there is one. */
  open(path: string, mode: 'create' | 'existing'): Promise<LogFile>
  list(dir: string): Promise<string[]>
  size(path: string): Promise<number>
  remove(path: string): Promise<void>
  /** The text of a small file; undefined when there is none. */
  readText(path: string): Promise<string | undefined>
  /** Replaces a small file as a whole: after a crash it holds the old text or the new, durable before this resolves. */
  replaceText(path: string, text: string): Promise<void>
}

/** The disk of this machine. */
export const nodeDisk: Disk = {
  async open(path, mode) {
    const handle = await open(path, mode === 'create' ? 'wx+' : 'r+')
    if (mode === 'create') await syncFolder(dirname(path))
    return {
      async write(bytes, offset) {
        for (let done = 0; done < bytes.byteLength; ) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, offset + done)
          done += bytesWritten
        }
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
  size: async (path) => (await stat(path)).size,
  remove: (path) => unlink(path),
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

/** A new or renamed file is only as durable as the entry in its folder. */
async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
