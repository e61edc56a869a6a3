/** A file system of a few megabytes, that a test may fill to the last byte. */
import { spawnSync } from 'node:child_process'
import { appendFile, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly dir: string
  /** Writes until only so much is free. */
  fillTo(freeBytes: number): Promise<void>
  /** Takes away what `fillTo` wrote. */
  free(): Promise<void>
  close(): Promise<void>
}

/** Undefined where this user may not mount. */
export async function openSmallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  const dir = await mkdtemp(join(tmpdir(), 'xtrace-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], { stdio: 'ignore' })
  if (status !== 0) {
    await rm(dir, { recursive: true })
    return undefined
  }
  const ballast = join(dir, 'ballast')
  return {
    dir,
    fillTo: (freeBytes) => writeUntil(dir, ballast, freeBytes),
    free: () => rm(ballast, { force: true }),
    async close() {
      spawnSync('umount', ['-l', dir], { stdio: 'ignore' })
      await rm(dir, { recursive: true })
    },
  }
}

async function writeUntil(dir: string, path: string, freeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir)
  const room = bavail * bsize - freeBytes
  if (room > 0) await appendFile(path, Buffer.alloc(room))
}
