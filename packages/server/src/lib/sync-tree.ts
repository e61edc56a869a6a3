import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Resolves once all files under a folder, and the names of all, would survive a loss of power. Files that were written
 * before are so brought to the disk together, which takes less than each by itself.
 */
export async function syncTree(dir: string): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) await syncTree(path)
    else if (entry.isFile()) await syncPath(path)
  }
  await syncPath(dir)
}

/** The same of one file's contents, or of the names in one folder. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
