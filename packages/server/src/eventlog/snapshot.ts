import { copyFile, link, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A file of the log as it stood; what is appended later is not part of it. */
export interface LogFileSnapshot {
  readonly name: string
  readonly bytes: number
}

/**
 * Links the log's files into another folder of the same disk, so that a commit may let go of them. MUST run while
 * nothing is committed. Of an append under way there may be half, which the next open of such a log cuts off.
 */
export async function linkLog(dir: string, to: string): Promise<LogFileSnapshot[]> {
  await mkdir(to, { recursive: true })
  const files: LogFileSnapshot[] = []
  for (const name of await readdir(dir).catch((): string[] => [])) {
    if (name.endsWith('.new')) continue
    const isSegment = name.endsWith('.seg')
    // The cursor is replaced by another file; segments are only ever appended to.
    await (isSegment ? link : copyFile)(join(dir, name), join(to, name))
    files.push({ name, bytes: (await stat(join(to, name))).size })
  }
  return files
}
