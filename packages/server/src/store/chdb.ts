/**
 * The embedded engine: ClickHouse inside this process (chDB). One folder, one process. Runs in the
 * main thread or a child process only; in a worker thread the native library crashes at exit.
 */
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import timers from 'node:timers/promises'
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client'
import type { ChdbConnection } from 'chdb/connection'
import { AppError } from '#domain/errors.ts'
import type { Logger } from '#telemetry/logger.ts'
import { serverArguments } from './chdb-memory.ts'
import { createChdbStream } from './chdb-stream.ts'
import { commonSettings, createClientEngine, INSERT_SETTINGS } from './client-engine.ts'
import type { Engine } from './engine.ts'
import { EXPORT_SETTINGS } from './export-stream.ts'
import { createFileInsert } from './file-insert.ts'
import { createPool } from './pool.ts'
import { printLiteral } from './print.ts'

export interface ChdbOptions {
  /** Folder of the store, made when it is missing. */
  readonly path: string
  /** What the engine may use in all, caches included. */
  readonly memoryBytes: number
  /** Threads of one query; the number of cores when absent. */
  readonly threads?: number
  /** Queries of the lane `read` that run at the same time; `heavy` has half as many, `writer` one. */
  readonly queryConnections?: number
  /** Queries of a lane that may wait before the next is refused. */
  readonly maxWaitingQueries?: number
  readonly maxQuerySeconds: number
  readonly maxQueryMemoryBytes: number
  /** Bytes of one result. */
  readonly maxResultBytes?: number
  readonly logger: Logger
}

const MIB = 1024 * 1024

/** One flush writes traces, observations and scores side by side: measured 36 ms for the three instead of 60. */
const INSERT_CONNECTIONS = 3

/** Blocks stay decompressed: a page of 35 traces of a user from all over a month costs 40 ms of processor instead of 100. */
const CACHED: ClickHouseSettings = { use_uncompressed_cache: 1 }

/**
 * Opens the store of one folder. One engine a process at a time: another folder can be opened once
 * this one is closed.
 * @throws AppError `unavailable` when another process holds the folder (it is named), or the
 *   platform has no native library.
 */
export async function openChdb(options: ChdbOptions): Promise<Engine> {
  const { queryConnections = 4, maxWaitingQueries = 100, maxQuerySeconds, logger } = options
  await mkdir(options.path, { recursive: true })
  // Links of a backup and files of exports and inserts that a crash cut short: nobody else would remove them.
  await rm(join(options.path, 'shadow'), { recursive: true, force: true })
  const { Session, drainPending, createChdbConnection } = await loadLibrary()
  // Server-wide arguments take effect with the first connection; it is held open for that alone.
  const holder = await openFirst(options, (connectionArgs) => new Session(options.path, { connectionArgs }))
  const clients: ClickHouseClient[] = []
  const connect = async (settings: ClickHouseSettings) => {
    const client = createClient({
      connection: asConnection(createChdbConnection({ path: options.path })),
      log: { level: ClickHouseLogLevel.OFF },
    })
    clients.push(client)
    await client.command({ query: setStatement(settings) })
    return client
  }
  const exportConnection = () => {
    const session = new Session(options.path)
    session.query(setStatement({ ...sessionSettings(options), ...EXPORT_SETTINGS }))
    return session
  }
  const release = async () => {
    await drainPending()
    await Promise.all(clients.map((client) => client.close()))
    holder.close()
    await drainPending()
  }
  try {
    const common = sessionSettings(options)
    const lane = async (connections: number, settings = common) =>
      createPool(await Promise.all(Array.from({ length: connections }, () => connect(settings))), {
        maxWaiting: maxWaitingQueries,
        repair: rinse,
      })
    const engine = createClientEngine({
      print: printLiteral,
      queries: {
        read: await lane(queryConnections, { ...common, ...CACHED }),
        heavy: await lane(Math.ceil(queryConnections / 2), { ...common, ...CACHED }),
        writer: await lane(1),
      },
      inserts: await lane(INSERT_CONNECTIONS, { ...common, ...INSERT_SETTINGS }),
      insert: createFileInsert(join(options.path, 'shadow')),
      commands: await lane(1),
      probes: await lane(1),
      stream: createChdbStream({ path: options.path, connect: exportConnection }),
      maxQuerySeconds,
      passesSignal: false,
      release,
    })
    logger.info({ path: options.path, queryConnections, memoryBytes: options.memoryBytes }, 'opened the embedded store')
    return engine
  } catch (error) {
    await release()
    throw error
  }
}

/** Loaded when first needed: the library is half a gigabyte, and a server with CLICKHOUSE_URL has no use for it. */
async function loadLibrary() {
  try {
    const [{ Session, drainPending }, { createChdbConnection }] = await Promise.all([
      import('chdb'),
      import('chdb/connection'),
    ])
    return { Session, drainPending, createChdbConnection }
  } catch (cause) {
    const platform = `${process.platform}-${process.arch}`
    throw new AppError('unavailable', `The embedded store does not run on ${platform}; set CLICKHOUSE_URL`, { cause })
  }
}

type ClientConnection = NonNullable<ClickHouseClientConfigOptions['connection']>

function asConnection(connection: ChdbConnection): ClientConnection {
  // biome-ignore lint/plugin: one interface, declared twice: by @clickhouse/client and by its -common, which chdb builds on
  return connection as unknown as ClientConnection
}

async function openFirst<Session>(
  { path, memoryBytes }: ChdbOptions,
  open: (connectionArgs: string[]) => Session,
): Promise<Session> {
  try {
    return open(serverArguments(memoryBytes))
  } catch (cause) {
    const holder = await lockHolder(path)
    const reason = holder
      ? `process ${holder} holds it; stop that one, or give this one another data folder`
      : String(cause)
    throw new AppError('unavailable', `The store in ${path} can't be opened: ${reason}`, { cause })
  }
}

/** The living process that the file names by which ClickHouse locks its folder; the error itself goes to stderr only. */
async function lockHolder(path: string): Promise<number | undefined> {
  const status = await readFile(join(path, 'status'), 'utf8').catch(() => '')
  const pid = Number(/PID: (\d+)/.exec(status)?.[1])
  return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function sessionSettings(options: ChdbOptions): ClickHouseSettings {
  const { maxQueryMemoryBytes, threads, maxResultBytes = Math.min(256 * MIB, maxQueryMemoryBytes) } = options
  return {
    ...commonSettings({ maxQueryMemoryBytes, maxResultBytes }),
    ...(threads !== undefined && { max_threads: threads }),
  }
}

const RINSE_ATTEMPTS = 100
const RINSE_PAUSE_MS = 50

/**
 * Empties a connection after a failure. chDB leaves what a query had written when it failed in the
 * connection's buffer and puts it before the answer to the next query, which may be another
 * project's (seen in 26.7 with every failure in the middle of a result). Done when an answer is
 * alone. @throws AppError `unavailable` when it never is.
 */
async function rinse(client: ClickHouseClient): Promise<void> {
  for (let attempt = 0; attempt < RINSE_ATTEMPTS; attempt++) {
    if (await answersAlone(client)) return
    if (attempt > 0) await timers.setTimeout(RINSE_PAUSE_MS)
  }
  throw new AppError('unavailable', 'A connection to the embedded store could not be emptied')
}

async function answersAlone(client: ClickHouseClient): Promise<boolean> {
  try {
    const result = await client.query({ query: 'SELECT 1 AS clean', format: 'JSONEachRow' })
    return (await result.text()) === '{"clean":1}\n'
  } catch {
    return false
  }
}

/** A connection keeps what it was SET; all values are ours. */
function setStatement(settings: ClickHouseSettings): string {
  const assignments = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
  return `SET ${assignments.join(', ')}`
}
