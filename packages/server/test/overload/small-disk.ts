/** A file system of a few megabytes, that a test may fill to the last byte. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly dir: string
  /** Writes until nothing fits any more. */
  fill(): Promise<void>
  /** Takes away what `fill` wrote. */
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
    fill: () => writeUntilFull(ballast),
    free: () => rm(ballast, { force: true }),
    async close() {
      spawnSync('umount', ['-l', dir], { stdio: 'ignore' })
      await rm(dir, { recursive: true })
    },
  }
}

/** In ever smaller pieces, since others may take and give back room meanwhile. */
async function writeUntilFull(path: string): Promise<void> {
  const file = await open(path, 'a')
  try {
    for (let bytes = 1 << 20; bytes >= 512; bytes >>= 1) while (await fits(() => file.appendFile(Buffer.alloc(bytes))));
  } finally {
    await file.close()
  }
}

async function fits(write: () => Promise<void>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}
