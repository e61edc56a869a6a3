/**
 * The embedded engine: ClickHouse inside this process (chDB). One folder, one process. Runs in the
 * main thread or a child process only; in a worker thread the native library crashes at exit.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
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
import { commonSettings, createClientEngine, INSERT_SETTINGS, JSON_CODEC } from './client-engine.ts'
import type { Engine } from './engine.ts'
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

/**
 * Opens the store of one folder. One engine a process at a time: another folder can be opened once
 * this one is closed.
 * @throws AppError `unavailable` when another process holds the folder (it is named), or the
 *   platform has no native library.
 */
export async function openChdb(options: ChdbOptions): Promise<Engine> {
  const { queryConnections = 4, maxWaitingQueries = 100, maxQuerySeconds, logger } = options
  await mkdir(options.path, { recursive: true })
  const { Session, drainPending, createChdbConnection } = await loadLibrary()
  // Server-wide arguments take effect with the first connection; it is held open for that alone.
  const holder = await openFirst(options, (connectionArgs) => new Session(options.path, { connectionArgs }))
  const clients: ClickHouseClient[] = []
  const connect = async (settings: ClickHouseSettings) => {
    const client = createClient({
      connection: asConnection(createChdbConnection({ path: options.path })),
      json: JSON_CODEC,
      log: { level: ClickHouseLogLevel.OFF },
    })
    clients.push(client)
    await client.command({ query: setStatement(settings) })
    return client
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
      })
    const engine = createClientEngine({
      print: printLiteral,
      queries: {
        read: await lane(queryConnections),
        heavy: await lane(Math.ceil(queryConnections / 2)),
        writer: await lane(1),
      },
      inserts: await lane(1, { ...common, ...INSERT_SETTINGS }),
      commands: await lane(1),
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
    const text = cause instanceof Error ? cause.message : String(cause)
    const reason = text.includes('Cannot lock file')
      ? `process ${await lockHolder(path)} holds it; stop that one, or give this one another data folder`
      : text
    throw new AppError('unavailable', `The store in ${path} can't be opened: ${reason}`, { cause })
  }
}

/** The process id in the file by which ClickHouse locks its folder. */
async function lockHolder(path: string): Promise<string> {
  const status = await readFile(join(path, 'status'), 'utf8').catch(() => '')
  return /PID: (\d+)/.exec(status)?.[1] ?? 'another one'
}

/**
 * The engine takes 90 % of the machine and caches of 5 GB each unless told otherwise. Caches get a
 * share each; what is read often (marks, primary keys) stays, file contents are the page cache's.
 */
function serverArguments(memoryBytes: number): string[] {
  const cache = Math.round(Math.min(memoryBytes / 16, 512 * MIB))
  return [
    `--max_server_memory_usage=${Math.round(memoryBytes)}`,
    `--mark_cache_size=${cache}`,
    `--primary_index_cache_size=${cache}`,
    `--index_mark_cache_size=${cache}`,
    `--index_uncompressed_cache_size=${cache}`,
  ]
}

function sessionSettings(options: ChdbOptions): ClickHouseSettings {
  const { maxQueryMemoryBytes, threads, maxResultBytes = Math.min(256 * MIB, maxQueryMemoryBytes) } = options
  return {
    ...commonSettings({ maxQueryMemoryBytes, maxResultBytes }),
    ...(threads !== undefined && { max_threads: threads }),
  }
}

/** A connection keeps what it was SET; all values are ours. */
function setStatement(settings: ClickHouseSettings): string {
  const assignments = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
  return `SET ${assignments.join(', ')}`
}
