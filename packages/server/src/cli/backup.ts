/** `xtrace backup <folder>`: the running server takes it; without one, this process does. */
import { join, resolve } from 'node:path'
import { AppError } from '#domain/errors.ts'
import { type BackupProgress, type BackupRequest, takeBackup } from '#jobs/backup.ts'
import { openChdb } from '#store/chdb.ts'
import { createLogger } from '#telemetry/pino-logger.ts'
import { answerLines } from './answer-lines.ts'
import { engineOptions } from './app-options.ts'
import { askServer } from './ask-server.ts'
import { type DataFolder, type RunningServer, withDataFolder } from './held-folder.ts'
import type { World } from './world.ts'

export async function backup(world: World, args: readonly string[]): Promise<number> {
  const request = parseArguments(args)
  return await withDataFolder(world, {
    alone: async (folder) => report(world, request, await takeHere(world, folder, request)),
    beside: async (server) => report(world, request, await takeThrough(server, request)),
  })
}

function parseArguments(args: readonly string[]): BackupRequest {
  const flags = args.filter((arg) => arg.startsWith('-'))
  const [folder, ...others] = args.filter((arg) => !arg.startsWith('-'))
  if (folder === undefined || others.length > 0 || flags.some((flag) => flag !== '--with-credentials'))
    throw new AppError(
      'bad_request',
      "'backup' takes one folder and, if you like, --with-credentials; see xtrace --help",
    )
  return { target: resolve(folder), withCredentials: flags.length > 0 }
}

function report(world: World, { target, withCredentials }: BackupRequest, { files, bytes }: BackupProgress): number {
  const keys = withCredentials
    ? 'keys included: keep it as you keep them'
    : 'without the keys in credentials.json and encryption.key'
  world.out(`${files} files, ${bytes} bytes in ${target}; ${keys}\n`)
  return 0
}

async function takeHere(
  world: World,
  { config, dataDir }: DataFolder,
  request: BackupRequest,
): Promise<BackupProgress> {
  refuseServers(config)
  const logger = createLogger({ level: config.logLevel })
  const engine = await openChdb({ ...engineOptions(config), path: join(dataDir, 'store'), logger })
  try {
    const between = <T>(work: () => Promise<T>) => work()
    const source = { dataDir, version: world.version, engine, logger, between }
    let last: BackupProgress = { files: 0, bytes: 0 }
    for await (const progress of takeBackup(source, request)) last = progress
    return last
  } finally {
    await engine.close()
  }
}

/** @throws AppError `not_implemented` where not everything is in the data folder */
function refuseServers({ clickhouseUrl, databaseUrl }: DataFolder['config']): void {
  if (clickhouseUrl ?? databaseUrl)
    throw new AppError(
      'not_implemented',
      'Back up ClickHouse and Postgres with their own tools; see docs/operations.md',
    )
}

function takeThrough(server: RunningServer, request: BackupRequest): Promise<BackupProgress> {
  return askServer(server, { method: 'POST', path: '/api/admin/backups', body: request }, answerLines)
}
