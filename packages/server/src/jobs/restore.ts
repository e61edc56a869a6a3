/**
 * Makes a data folder from a backup. Everything is copied and checked under `restoring/` first, and the
 * catalogue moves to its place last; as long as `restoring/` is there, the folder is not opened.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UNFINISHED_RESTORE } from '#domain/data-folder.ts'
import { AppError } from '#domain/errors.ts'
import { copyHashed } from '#lib/hashed-copy.ts'
import { syncPath } from '#lib/sync-tree.ts'
import type { Engine } from '#store/engine.ts'
import { migrate, newestVersion } from '#store/migrate.ts'
import { attachParts } from '#store/snapshot.ts'
import { BACKUP_PLACES, type BackupManifest, readManifest } from './backup-manifest.ts'

export interface RestoreOptions {
  /** Folder of the backup. */
  readonly backup: string
  /** Exists, and holds nothing but what `ignored` names. */
  readonly dataDir: string
  /** Files of the data folder that may be there already: the lock. */
  readonly ignored: ReadonlySet<string>
  /** Opens a new embedded store in a folder. */
  readonly openStore: (path: string) => Promise<Engine>
  /** `syncTree`: resolves once all under a folder would survive a loss of power. */
  readonly sync: (dir: string) => Promise<void>
}

/**
 * Gives the manifest of what was restored, once all of it would survive a loss of power: `restoring/` goes last, so that
 * what is lost on the way is never opened. When it rejects, the folder is empty again.
 * @throws AppError `bad_request` for a backup that is damaged, unfinished or of a newer program; `conflict` for a
 *   folder that is not empty
 */
export async function restoreBackup(options: RestoreOptions): Promise<BackupManifest> {
  const { backup, dataDir, ignored } = options
  const manifest = await readManifest(backup)
  await refuseNewer(manifest)
  const present = (await readdir(dataDir)).filter((name) => !ignored.has(name))
  if (present.length > 0)
    throw new AppError('conflict', `${dataDir} is not empty (${present[0]}); restore into a folder that is`)
  const staging = join(dataDir, UNFINISHED_RESTORE)
  try {
    await copyAll(backup, staging, manifest)
    await fillStore(options, staging, manifest)
    const names = await readdir(staging)
    for (const name of names.filter((each) => each !== BACKUP_PLACES.catalog))
      await rename(join(staging, name), join(dataDir, name))
    await rename(join(staging, BACKUP_PLACES.catalog), join(dataDir, BACKUP_PLACES.catalog))
    await options.sync(dataDir)
    await rm(staging, { recursive: true })
    for (const folder of [dataDir, dirname(dataDir)]) await syncPath(folder)
    return manifest
  } catch (error) {
    await empty(dataDir, ignored)
    throw error
  }
}

async function refuseNewer({ storeVersion, xtraceVersion }: BackupManifest): Promise<void> {
  const known = await newestVersion()
  if (storeVersion > known)
    throw new AppError(
      'bad_request',
      `The backup was taken by xtrace ${xtraceVersion} at schema version ${storeVersion}, this program knows versions up to ${known}; restore it with that xtrace or a newer one`,
    )
}

async function copyAll(backup: string, staging: string, manifest: BackupManifest): Promise<void> {
  for (const [path, expected] of Object.entries(manifest.files)) {
    if (path.split('/').includes('..'))
      throw new AppError('bad_request', `The manifest names ${path}, which lies outside`)
    const to = join(staging, path)
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    const found = await copyHashed({ from: join(backup, path), to }).catch((cause: unknown) => {
      throw new AppError('bad_request', `${path} of the backup can not be copied: ${String(cause)}`, { cause })
    })
    if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256)
      throw new AppError('bad_request', `${path} of the backup is damaged: its checksum is not that of the manifest`)
  }
}

/** The store is made at the schema of the backup; the next start brings it up to date. */
async function fillStore(
  { dataDir, openStore }: RestoreOptions,
  staging: string,
  manifest: BackupManifest,
): Promise<void> {
  const parts = join(staging, BACKUP_PLACES.store)
  const store = await openStore(join(dataDir, BACKUP_PLACES.store))
  try {
    await migrate(store, { upTo: manifest.storeVersion })
    const tables = await readdir(parts).catch((): string[] => [])
    await attachParts(
      store,
      tables.map((name) => ({ name, dir: join(parts, name) })),
      rename,
    )
  } finally {
    await store.close()
  }
  await rm(parts, { recursive: true, force: true })
}

async function empty(dataDir: string, ignored: ReadonlySet<string>): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => !ignored.has(name) && name !== UNFINISHED_RESTORE)
  for (const name of [...names, UNFINISHED_RESTORE]) await rm(join(dataDir, name), { recursive: true, force: true })
}
