/** `xtrace restore <folder>`: makes the data folder of the settings, which must be empty, from a backup. */
import { resolve } from 'node:path'
import { defaultDataDir, LOCK_FILE, openDataFolder } from '#config/data-folder.ts'
import { loadConfig } from '#config/load.ts'
import { AppError } from '#domain/errors.ts'
import { restoreBackup } from '#jobs/restore.ts'
import { syncTree } from '#lib/sync-tree.ts'
import { openChdb } from '#store/chdb.ts'
import { createLogger } from '#telemetry/pino-logger.ts'
import { engineOptions } from './app-options.ts'
import type { World } from './world.ts'

export async function restore(world: World, args: readonly string[]): Promise<number> {
  const [folder, ...others] = args
  if (folder === undefined || others.length > 0)
    throw new AppError('bad_request', "'restore' takes the folder of a backup and nothing else; see xtrace --help")
  const config = loadConfig(world.env)
  const dataDir = config.dataDir ?? defaultDataDir(world)
  const logger = createLogger({ level: config.logLevel })
  const lock = await openDataFolder(dataDir)
  try {
    const manifest = await restoreBackup({
      backup: resolve(folder),
      dataDir,
      ignored: new Set([LOCK_FILE]),
      sync: syncTree,
      openStore: (path) => openChdb({ ...engineOptions(config), path, logger }),
    })
    const keys = manifest.hasCredentials
      ? ''
      : '; the next start makes new keys, those kept in the catalogue go on to work'
    world.out(`Restored what was there at ${manifest.takenAt} into ${dataDir}${keys}\n`)
    return 0
  } finally {
    await lock.release()
  }
}
