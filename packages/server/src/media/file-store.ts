import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ProjectId } from '#domain/ids.ts'
import { asBytes } from '#lib/as-bytes.ts'
import { createOneAtATimeByKey } from '#lib/one-at-a-time.ts'
import { syncPath } from '#lib/sync-tree.ts'
import type { ByteRange, Incoming, MediaKey, MediaStore } from './media-store.ts'

/**
 * Media as files: `<dir>/<project>/<first two hex digits>/<SHA-256 in hex>`, each written under `<dir>/tmp`
 * and renamed once its length and checksum are right. Hex, because some file systems ignore case.
 * What a crash left in `tmp` is removed on opening; nobody else may use the folder meanwhile.
 */
export async function openFileStore(dir: string): Promise<MediaStore> {
  const drafts = join(dir, 'tmp')
  await rm(drafts, { recursive: true, force: true })
  await mkdir(drafts, { recursive: true, mode: 0o700 })
  const oneAtATime = createOneAtATimeByKey()
  return {
    write: async (key, incoming) => {
      const draft = join(drafts, randomUUID())
      try {
        if (!(await writeDraft(draft, key, incoming))) return 'mismatch'
        const path = pathOf(dir, key)
        await oneAtATime(path, async () => {
          await moveInto(draft, path)
          await incoming.note()
        })
        return 'stored'
      } finally {
        await rm(draft, { force: true })
      }
    },
    has: async (key) => {
      try {
        await access(pathOf(dir, key))
        return true
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
        throw error
      }
    },
    remove: async (key, isUsed) => {
      const path = pathOf(dir, key)
      await oneAtATime(path, async () => {
        if (!(await isUsed())) await rm(path, { force: true })
      })
    },
    removeProject: (projectId) => rm(folderOf(dir, projectId), { recursive: true, force: true }),
    read: (key, range) => ReadableStream.from(chunksOf(pathOf(dir, key), range)),
  }
}

function pathOf(dir: string, { projectId, sha256 }: MediaKey): string {
  const hex = Buffer.from(sha256, 'base64').toString('hex')
  return join(folderOf(dir, projectId), hex.slice(0, 2), hex)
}

/** A project's id is any text; its digest is a folder's name on every system. */
function folderOf(dir: string, projectId: ProjectId): string {
  return join(dir, createHash('sha256').update(projectId).digest('hex').slice(0, 32))
}

/** Writes and syncs the bytes; false when they are not those of the key. */
async function writeDraft(draft: string, { sha256 }: MediaKey, { bytes, length }: Incoming): Promise<boolean> {
  const file = await open(draft, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    let written = 0
    for await (const chunk of bytes) {
      written += chunk.length
      if (written > length) return false
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
    return written === length && hash.digest('base64') === sha256
  } finally {
    await file.close()
  }
}

/** The folder is synced too: a rename that only memory knows of is no rename. */
async function moveInto(draft: string, path: string): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(draft, path)
  await syncPath(folder)
}

async function* chunksOf(path: string, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    for await (const chunk of file.createReadStream({ start, end, autoClose: false })) yield asBytes(chunk)
  } finally {
    await file.close()
  }
}
