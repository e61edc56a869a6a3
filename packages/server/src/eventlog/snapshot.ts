import { link, mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { nodeDisk } from '#eventlog/disk.ts'
import { findSegments } from '#eventlog/segments.ts'

/** A file of the log as it stood; what is appended later is not part of it. */
export interface LogFileSnapshot {
  readonly name: string
  readonly bytes: number
}

/**
 * Links the log's files into another folder of the same disk, so that a commit may let go of them: a file with a second name is not
 * written to again once its segment is stored. Room made ready is no part of it. MUST run while nothing is committed. Of an
 * append under way there may be half, which the next open of such a log cuts off.
 */
export async function linkLog(dir: string, to: string): Promise<LogFileSnapshot[]> {
  await mkdir(to, { recursive: true })
  const { segments } = await findSegments(nodeDisk, dir)
  for (const { path } of segments) await link(path, join(to, basename(path)))
  const files = segments.map(({ path, start, end }) => ({ name: basename(path), bytes: end - start }))
  return [...files, ...(await copyCursor(dir, to))]
}

/** It is replaced by another file; there is none before the first commit. */
async function copyCursor(dir: string, to: string): Promise<LogFileSnapshot[]> {
  const text = await nodeDisk.readText(join(dir, 'cursor'))
  if (text === undefined) return []
  await writeFile(join(to, 'cursor'), text)
  return [{ name: 'cursor', bytes: Buffer.byteLength(text) }]
}
