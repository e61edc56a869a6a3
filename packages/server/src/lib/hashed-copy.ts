import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

export interface CopyOptions {
  readonly from: string
  /** Made by the copy; it MUST NOT exist. */
  readonly to: string
  /** Bytes from the beginning; all when absent. */
  readonly bytes?: number
  readonly signal?: AbortSignal
}

/** What a file holds: its length and its SHA-256 in hex. */
export interface Digest {
  readonly bytes: number
  readonly sha256: string
}

const CHUNK_BYTES = 1024 * 1024

/** Copies a file, readable by its user alone, and tells what was copied. */
export async function copyHashed({ from, to, bytes = Number.POSITIVE_INFINITY, signal }: CopyOptions): Promise<Digest> {
  const hash = createHash('sha256')
  const source = await open(from, 'r')
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      let copied = 0
      while (copied < bytes) {
        signal?.throwIfAborted()
        const length = Math.min(CHUNK_BYTES, bytes - copied)
        const { buffer, bytesRead } = await source.read(Buffer.allocUnsafe(length), 0, length)
        if (bytesRead === 0) break
        const chunk = buffer.subarray(0, bytesRead)
        hash.update(chunk)
        await target.writeFile(chunk)
        copied += bytesRead
      }
      return { bytes: copied, sha256: hash.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
