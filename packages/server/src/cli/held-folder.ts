import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { type Credentials, openCredentials } from '#config/credentials.ts'
import { defaultDataDir, openDataFolder } from '#config/data-folder.ts'
import { loadConfig } from '#config/load.ts'
import type { Config } from '#config/schema.ts'
import { AppError } from '#domain/errors.ts'
import { findServer } from './server-note.ts'
import type { World } from './world.ts'

/** A data folder as a command finds it. */
export interface DataFolder {
  readonly config: Config
  readonly dataDir: string
}

/** The server that has the folder. */
export interface RunningServer extends DataFolder {
  readonly url: string
  readonly credentials: Credentials
}

export interface FolderWork {
  /** The folder is ours while this runs. */
  alone(folder: DataFolder): Promise<number>
  /** A server has it, and can be asked. */
  beside(server: RunningServer): Promise<number>
}

/** A folder that has been served has one of them; with CLICKHOUSE_URL it has no store. */
const SIGNS = ['store', 'log'] as const

/**
 * Works on the data folder of the settings: alone, or through the server that holds it.
 * @throws AppError `bad_request` when there is no such folder, `conflict` when whoever holds it can't be asked
 */
export async function withDataFolder(world: World, work: FolderWork): Promise<number> {
  const config = loadConfig(world.env)
  const dataDir = config.dataDir ?? defaultDataDir(world)
  await Promise.any(SIGNS.map((name) => access(join(dataDir, name)))).catch((cause: unknown) => {
    throw new AppError('bad_request', `${dataDir} holds no data; set XTRACE_DATA_DIR to the folder that does`, {
      cause,
    })
  })
  const lock = await openDataFolder(dataDir).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'conflict') return error
    throw error
  })
  if (lock instanceof AppError) return await work.beside(await serverOf({ config, dataDir }, lock))
  try {
    return await work.alone({ config, dataDir })
  } finally {
    await lock.release()
  }
}

async function serverOf({ config, dataDir }: DataFolder, held: AppError): Promise<RunningServer> {
  const url = await findServer(dataDir)
  if (url === undefined) throw held
  return { config, dataDir, url, credentials: await openCredentials(config, dataDir) }
}
