/**
 * Takes a backup while the server runs: for a moment, between two flushes, the parts of the store and the
 * files of the log are linked; then they are copied at leisure. So the backup holds every record acknowledged
 * before it began, in the store or in the log, and nothing half stored.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { copySqlite } from '#catalog/sqlite.ts'
import { AppError } from '#domain/errors.ts'
import { type LogFileSnapshot, linkLog } from '#eventlog/snapshot.ts'
import { copyHashed, type Digest } from '#lib/hashed-copy.ts'
import { syncPath, syncTree } from '#lib/sync-tree.ts'
import type { Engine } from '#store/engine.ts'
import { freezeStore, type Snapshot } from '#store/snapshot.ts'
import type { Logger } from '#telemetry/logger.ts'
import { BACKUP_PLACES, type BackupManifest, newManifest } from './backup-manifest.ts'

export interface BackupSource {
  readonly dataDir: string
  /** Of this program. */
  readonly version: string
  readonly engine: Pick<Engine, 'query' | 'command'>
  readonly logger: Logger
  /** Runs the work while nothing is being stored. */
  between<T>(work: () => Promise<T>): Promise<T>
}

export interface BackupRequest {
  /** A folder that does not exist yet or is empty; an absolute path outside of the data folder. */
  readonly target: string
  /** Takes the key files along; who has them can read and write everything. */
  readonly withCredentials: boolean
}

/** What was copied so far. */
export interface BackupProgress {
  readonly files: number
  readonly bytes: number
}

/**
 * Yields what was copied so far, now and then; the last one is the whole. Ends early, and leaves a folder without a
 * manifest, when it is not read to the end. Once there is a manifest, the backup survives a loss of power. Media and dead
 * letters that are deleted meanwhile may be left out; the manifest and the log tell which.
 * @throws AppError `bad_request` for a target that won't do
 */
export async function* takeBackup(source: BackupSource, request: BackupRequest): AsyncGenerator<BackupProgress> {
  await makeTarget(source.dataDir, request.target)
  const files: BackupManifest['files'] = {}
  const leftOut: string[] = []
  let progress: BackupProgress = { files: 0, bytes: 0 }
  // The engine would spell a hyphen in another way.
  const name = `backup_${randomUUID().replaceAll('-', '')}`
  const links = join(source.dataDir, 'store', 'shadow', name)
  let taken: Taken
  try {
    taken = await snapshot(source, { name, links })
    for await (const file of filesOf(source, request, taken)) {
      const digest = await copy(file, request.target)
      if (digest) {
        files[file.path] = digest
        progress = { files: progress.files + 1, bytes: progress.bytes + digest.bytes }
      } else leftOut.push(file.path)
      yield progress
    }
  } finally {
    await rm(links, { recursive: true, force: true })
  }
  const [first] = leftOut
  if (first !== undefined)
    source.logger.warn({ count: leftOut.length, first }, 'Files that were deleted meanwhile are not in the backup')
  await syncTree(request.target)
  const { version: xtraceVersion } = source
  const { takenAt, store } = taken
  await writeManifest(
    request.target,
    newManifest({
      xtraceVersion,
      takenAt,
      storeVersion: store.version,
      hasCredentials: request.withCredentials,
      files,
      leftOut,
    }),
  )
  yield progress
}

/** @throws AppError `bad_request` */
async function makeTarget(dataDir: string, target: string): Promise<void> {
  if (!isAbsolute(target)) throw new AppError('bad_request', `target must be an absolute path, not ${target}`)
  const way = relative(dataDir, target)
  if (way === '' || !(way.startsWith('..') || isAbsolute(way)))
    throw new AppError('bad_request', `target must lie outside of the data folder ${dataDir}`)
  try {
    await mkdir(target, { recursive: true, mode: 0o700 })
    if ((await readdir(target)).length === 0) return
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('bad_request', `target ${target} can not be made: ${reason}`, { cause })
  }
  throw new AppError('bad_request', `target ${target} is not empty; name a folder that does not exist yet`)
}

interface Taken {
  readonly takenAt: string
  readonly store: Snapshot
  readonly catalog: string
  readonly logDir: string
  readonly logFiles: readonly LogFileSnapshot[]
}

/** The links lie where the store clears up after a crash. */
async function snapshot(
  { dataDir, engine, between }: BackupSource,
  { name, links }: { readonly name: string; readonly links: string },
): Promise<Taken> {
  const [catalog, logDir] = [join(links, BACKUP_PLACES.catalog), join(links, BACKUP_PLACES.log)]
  await mkdir(links, { recursive: true, mode: 0o700 })
  await copySqlite(join(dataDir, BACKUP_PLACES.catalog), catalog)
  return between(async () => {
    const takenAt = new Date().toISOString()
    const store = await freezeStore(engine, { path: join(dataDir, 'store'), name })
    return { takenAt, store, catalog, logDir, logFiles: await linkLog(join(dataDir, 'log'), logDir) }
  })
}

interface SourceFile {
  /** In the backup, with slashes. */
  readonly path: string
  readonly from: string
  readonly bytes?: number
  /** Whether it may not be there, or be deleted before it is copied. */
  readonly isPassing?: boolean
}

/** Undefined for a file that is gone and was free to go. */
async function copy({ path, isPassing = false, ...source }: SourceFile, target: string): Promise<Digest | undefined> {
  const to = join(target, path)
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    return await copyHashed({ ...source, to })
  } catch (error) {
    if (isPassing && isMissing(error, source.from)) return undefined
    throw error
  }
}

async function* filesOf(source: BackupSource, request: BackupRequest, taken: Taken): AsyncGenerator<SourceFile> {
  yield { path: BACKUP_PLACES.catalog, from: taken.catalog }
  for (const { name, dir } of taken.store.tables)
    if (await isThere(dir)) yield* filesUnder({ path: `${BACKUP_PLACES.store}/${name}`, from: dir })
  for (const { name, bytes } of taken.logFiles)
    yield { path: `${BACKUP_PLACES.log}/${name}`, from: join(taken.logDir, name), bytes }
  for (const folder of BACKUP_PLACES.folders)
    for await (const file of filesUnder({ path: folder, from: join(source.dataDir, folder), isPassing: true }))
      if (!isDraft(file)) yield file
  if (!request.withCredentials) return
  const present = new Set(await readdir(source.dataDir))
  for (const name of BACKUP_PLACES.credentials)
    if (present.has(name)) yield { path: name, from: join(source.dataDir, name) }
}

/** An upload under way. */
const isDraft = ({ path }: SourceFile): boolean => path.startsWith('media/tmp/')

/** All files under a folder. What is there and can not be read is a failure, not an empty folder. */
async function* filesUnder({ path, from, isPassing = false }: SourceFile): AsyncGenerator<SourceFile> {
  const entries = await readdir(from, { withFileTypes: true }).catch((error: unknown) => {
    if (isPassing && isMissing(error, from)) return []
    throw error
  })
  for (const entry of entries) {
    const each = { path: `${path}/${entry.name}`, from: join(from, entry.name), isPassing }
    if (entry.isDirectory()) yield* filesUnder(each)
    else if (entry.isFile()) yield each
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isMissing(error, path)) return false
    throw error
  }
}

const isMissing = (error: unknown, path: string): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error && error.path === path

async function writeManifest(target: string, manifest: BackupManifest): Promise<void> {
  const file = await open(join(target, BACKUP_PLACES.manifest), 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 1)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await syncPath(target)
}
