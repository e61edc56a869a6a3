/**
 * `xtrace serve`: settings, then the folder, then the app, then the port; and all of it back again
 * when a signal comes.
 */
import { join } from 'node:path'
import type { App } from '#app.ts'
import { type Credentials, openCredentials } from '#config/credentials.ts'
import { defaultDataDir, openDataFolder } from '#config/data-folder.ts'
import { loadConfig } from '#config/load.ts'
import type { Config } from '#config/schema.ts'
import type { Logger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { createLogger } from '#telemetry/pino-logger.ts'
import { buildAppOptions } from './app-options.ts'
import { type Listener, listen } from './listen.ts'
import { forgetServer, noteServer } from './server-note.ts'
import type { World } from './world.ts'

/** Runs until a signal ends it; gives the exit code. @throws AppError with a sentence when it can't start */
export async function serve(world: World): Promise<number> {
  const config = loadConfig(world.env)
  const dataDir = config.dataDir ?? defaultDataDir(world)
  const lock = await openDataFolder(dataDir)
  try {
    const credentials = await openCredentials(config, dataDir)
    const logger = createLogger({ level: config.logLevel })
    const stopped = waitForSignal(world)
    const app = await openApp(world, { config, credentials, dataDir, logger })
    const listener = await listenOrClose(app, config)
    await noteServer(dataDir, listener.url)
    world.out(banner(world, { url: listener.url, dataDir, credentials }))
    logger.info({ url: listener.url, version: world.version }, 'Listening')
    const signal = await stopped
    return await shutDown(world, { app, listener, logger, signal })
  } finally {
    await forgetServer(dataDir)
    await lock.release()
  }
}

/** Resolves at the first signal; a second one ends the process where it stands. */
function waitForSignal(world: World): Promise<string> {
  return new Promise((resolve) => {
    let isFirst = true
    world.onSignal((signal) => {
      if (!isFirst) world.exit(1)
      isFirst = false
      resolve(signal)
    })
  })
}

interface Opening {
  readonly config: Config
  readonly credentials: Credentials
  readonly dataDir: string
  readonly logger: Logger
}

function openApp(world: World, { config, credentials, dataDir, logger }: Opening): Promise<App> {
  const { version, webDir } = world
  const metrics = createMetrics()
  const stopTimeoutMs = world.stopWithinMs * STORE_SHARE
  const settled = buildAppOptions(config, credentials)
  return world.createApp({ ...settled, version, webDir, dataDir, logger, metrics, stopTimeoutMs })
}

async function listenOrClose(app: App, config: Config): Promise<Listener> {
  try {
    return await listen(app.fetch, config.bindAddr)
  } catch (error) {
    await app.close()
    throw error
  }
}

/** Of the time for stopping, what requests under way have, and then the log to be stored; the rest is for closing. */
const REQUEST_SHARE = 1 / 3
const STORE_SHARE = 1 / 3

interface Running {
  readonly app: App
  readonly listener: Listener
  readonly logger: Logger
  readonly signal: string
}

async function shutDown(world: World, { app, listener, logger, signal }: Running): Promise<number> {
  logger.info({ signal }, 'Stopping')
  const deadline = setTimeout(() => {
    world.err(`xtrace did not stop within ${world.stopWithinMs / 1000} s and was ended; nothing acknowledged is lost\n`)
    world.exit(1)
  }, world.stopWithinMs)
  app.beginClose()
  await listener.stop(world.stopWithinMs * REQUEST_SHARE)
  await app.close()
  clearTimeout(deadline)
  logger.info({}, 'Stopped')
  return 0
}

function banner(
  { version }: World,
  { url, dataDir, credentials }: { url: string; dataDir: string; credentials: Credentials },
): string {
  const lines = [`xtrace ${version} at ${url}`, `Data:      ${dataDir}`, `Reference: ${url}/docs`]
  const keys = join(dataDir, 'credentials.json')
  if (credentials.isNew)
    lines.push(`Keys:      new, kept in ${keys}. Paste where your programs run:`, '', ...exports(url, credentials), '')
  else if (!credentials.isPairConfigured || !credentials.isTokenConfigured) lines.push(`Keys:      ${keys}`)
  return `${lines.join('\n')}\n`
}

function exports(url: string, { pair, token, isPairConfigured, isTokenConfigured }: Credentials): string[] {
  return [
    `export LANGFUSE_HOST=${url}`,
    `export LANGFUSE_BASE_URL=${url}`,
    ...(isPairConfigured
      ? []
      : [`export LANGFUSE_PUBLIC_KEY=${pair.publicKey}`, `export LANGFUSE_SECRET_KEY=${pair.secretKey.reveal()}`]),
    ...(isTokenConfigured ? [] : [`export XTRACE_TOKEN=${token.reveal()}`]),
  ]
}
