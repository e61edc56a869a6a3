/** Data folders: made, measured, put out of the page cache, cloned for almost nothing. */
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { copyFile, link, mkdir, mkdtemp, readdir, readlink, rm, statfs, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs the work in a new folder, which is gone afterwards. */
export async function inNewFolder<T>(work: (path: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'xtrace-bench-'))
  return removing(path, () => work(path))
}

/** Runs the work and removes the folder, also where a signal ends us in the middle. */
export async function removing<T>(path: string, work: () => Promise<T>): Promise<T> {
  const remove = () => rmSync(path, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    return await work()
  } finally {
    process.off('exit', remove)
    await rm(path, { recursive: true, force: true })
  }
}

/** What the files take on the disk (blocks, not lengths); a file with several names counts once. */
export async function bytesOnDisk(path: string): Promise<number> {
  // Files vanish under a running server: what du complains of is no failure.
  const { stdout } = await run('du', ['-s', '--block-size=1', path]).catch((error) => ({
    stdout: String(error.stdout),
  }))
  return Number(stdout.split('\t')[0])
}

/** @throws Error when the disk has less room than that */
export async function needRoom(path: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(path)
  if (bavail * bsize < bytes) throw new Error(`${path} has ${bavail * bsize} bytes free, the bench wants ${bytes}`)
}

/** Lets the system forget the folder's file contents, and nobody else's: what is read next comes from the disk. */
export async function forgetCached(path: string): Promise<void> {
  const drop = ['-c', 'find "$0" -type f -exec dd if={} iflag=nocache count=0 status=none \\;', path]
  await run('sh', drop).catch(() => undefined)
}

/** Never written again once they are there: the files of a part. */
const IMMUTABLE = new Set(['.bin', '.cmrk2', '.mrk2', '.cmrk3', '.mrk3', '.cmrk4', '.mrk4', '.cidx', '.idx', '.cmrk'])

/**
 * A folder with the same content that may be written to: files of parts get a second name, the others are
 * copied. Both folders must lie on one file system; nothing may have the first one open.
 */
export async function cloneFolder(from: string, to: string): Promise<void> {
  await cloneEntries(from, to, { from, to })
}

/** The store's own links are absolute: those into the first folder lead into the second one afterwards. */
async function cloneEntries(from: string, to: string, root: { from: string; to: string }): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await cloneEntries(source, target, root)
    else if (entry.isSymbolicLink()) await symlink((await readlink(source)).replace(root.from, root.to), target)
    else if (IMMUTABLE.has(extname(entry.name))) await link(source, target)
    else if (entry.isFile()) await copyFile(source, target)
  }
}
