/**
 * The composition root: builds every object in order and hands each what it needs. The only file
 * that knows all of them; it decides nothing but the order of opening and closing.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { hashPassword, verifyPassword } from '#auth/password.ts'
import { type Catalog, openCatalog } from '#catalog/catalog.ts'
import { createTokenCounter } from '#catalog/tokens/token-counter.ts'
import { type OrganizationId, organizationId, type ProjectId, projectId } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import { createReadBarrier } from '#eventlog/read-barrier.ts'
import { openSegmentLog, type SegmentLogOptions } from '#eventlog/segment-log.ts'
import { createStoredFeed } from '#eventlog/stored-feed.ts'
import { createReleaseMedia, type ReleaseMedia } from '#http/release-media.ts'
import type { HttpServer } from '#http/server.ts'
import { createTraceBulkWork } from '#http/trace-bulk-work.ts'
import { type Accept, acceptInto } from '#ingest/accept.ts'
import { runDueJobs } from '#jobs/bulk-work.ts'
import { startIndexingWords } from '#jobs/index-words.ts'
import { startRetention } from '#jobs/retention-job.ts'
import { type Schedule, startSchedule } from '#jobs/schedule.ts'
import { createClosers } from '#lib/closers.ts'
import { type DiskSpace, watchDiskSpace } from '#lib/disk-space.ts'
import { openFileStore } from '#media/file-store.ts'
import { carefulEngine } from '#store/careful-engine.ts'
import { openChdb } from '#store/chdb.ts'
import { openClickHouse } from '#store/clickhouse.ts'
import type { Engine } from '#store/engine.ts'
import { measureEngine } from '#store/engine-metrics.ts'
import { keepingEngine } from '#store/keeping-engine.ts'
import { migrate } from '#store/migrate.ts'
import { watchQueries } from '#store/slow-queries.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Metrics } from '#telemetry/metrics.ts'
import { startWriter } from '#writer/writer.ts'
import { buildServer, type ServerParts } from './app-server.ts'

export interface KeyPair {
  readonly publicKey: string
  readonly secretKey: string
}

export interface AppOptions {
  readonly version: string
  readonly dataDir: string
  /** Folder of the built web page. */
  readonly webDir: string
  readonly logger: Logger
  readonly metrics: Metrics
  /** The project of the token and of the configured key pair. */
  readonly project: { readonly id: string; readonly name: string }
  readonly organization: { readonly id: string; readonly name: string }
  readonly keys: KeyPair
  /** Opens the routes that administer the organization; they are closed without it. */
  readonly organizationKeys?: KeyPair
  /** A user to make at start, who owns the organization. */
  readonly owner?: { readonly email: string; readonly name: string; readonly password?: string }
  readonly token: string
  /** Opens price entries and LLM connections of every project; nothing when absent. */
  readonly adminKey?: string
  /** A second project to make at start, for set-ups that name their own. */
  readonly seed?: {
    readonly project: AppOptions['project']
    readonly organization: AppOptions['organization']
    readonly keys?: KeyPair
  }
  /** Postgres for the catalogue; SQLite in the data folder when absent. */
  readonly catalogUrl?: string
  /** What a list of the web interface may take before it shows what it has. */
  readonly listBudgetMs: number
  /** A ClickHouse server; the embedded engine when absent. */
  readonly engineUrl?: string
  readonly engine: {
    readonly memoryBytes: number
    readonly maxQuerySeconds: number
    readonly maxQueryMemoryBytes: number
  }
  readonly log: Omit<SegmentLogOptions, 'dir' | 'logger' | 'metrics'>
  /** Writes stop while less than this is free on the disk of the data folder; 0 when absent. */
  readonly diskReserveBytes?: number
  /** How long `close` waits until what is in the log is stored; the rest is stored at the next start. 10 s when absent. */
  readonly stopTimeoutMs?: number
  /** What changes that the store refused may take on the disk; 256 MiB when absent. */
  readonly deadLetterMaxBytes?: number
  readonly http: { readonly maxBodyBytes: number; readonly maxBodiesBytes?: number; readonly readBarrierMs: number }
  /** Serves `GET /api/public/projects` and OTLP without credentials. */
  readonly isOpenCompat?: boolean
  /** True where only this machine can connect. */
  readonly isLoopback: boolean
  /** 32 bytes, under which secrets of others are kept in the catalogue. */
  readonly encryptionKey: Uint8Array
  readonly mediaMaxBytes: number
  /** What projects may keep; undefined for ever, and without a bound. */
  readonly retention: { readonly maxAgeDays: number | undefined; readonly maxProjectBytes: number | undefined }
  /** Where clients reach this server, when it can't tell from their requests. */
  readonly publicUrl?: string
  readonly readLimit: { readonly qps: number; readonly burst: number }
}

export interface App extends HttpServer {
  /** From now on `/readyz` says no; requests under way go on. */
  beginClose(): void
  /** Stores what the log holds, then closes everything, the last opened first. */
  close(): Promise<void>
}

/** Opens everything under the data folder; what was opened is closed again when a later step fails. */
export async function createApp(options: AppOptions): Promise<App> {
  const closers = createClosers()
  try {
    const keep = <T extends { close(): Promise<unknown> }>(resource: T): T => {
      closers.add(() => resource.close())
      return resource
    }
    const catalog = keep(await openCatalog(catalogOptions(options)))
    const project = await ensureProjects(catalog, options)
    const space = await watchDiskSpace({ path: options.dataDir, reserveBytes: options.diskReserveBytes ?? 0 })
    closers.add(async () => space.close())
    const { engine, slowest } = watchedEngine(keep(await openEngine(options, space)), options)
    await migrate(engine, { logger: options.logger })
    const log = keep(await openSegmentLog({ ...options, ...options.log, dir: join(options.dataDir, 'log'), space }))
    const barrier = createReadBarrier(log)
    const feed = createStoredFeed(randomUUID(), Date.now)
    const writer = startWriter({
      ...options,
      log,
      engine,
      barrier,
      feed,
      models: catalog.models,
      prompts: catalog.prompts,
      tokens: createTokenCounter(),
      deadLetterDir: join(options.dataDir, 'dead-letters'),
    })
    closers.add(() => writer.stop())
    const mediaStore = await openFileStore(join(options.dataDir, 'media'))
    const keepRunning = (job: Schedule) => closers.add(() => job.stop())
    keepRunning(startRetention({ ...retentionDeps({ options, catalog, engine, log }), mediaStore }))
    keepRunning(startIndexingWords({ engine, logger: options.logger }))
    const accept = acceptInto(log, options.metrics)
    const releaseMedia = createReleaseMedia({ ...catalog, store: mediaStore })
    keepRunning(startBulkJobs({ ...options, ...catalog, engine, accept, releaseMedia }))
    const closing = { begun: false }
    const parts: ServerParts = {
      options,
      catalog,
      engine,
      barrier,
      feed,
      log,
      between: writer.between,
      slowQueries: slowest,
      accept,
      mediaStore,
      project,
      backupSource: isEmbedded(options) ? { ...options, engine, between: writer.between } : undefined,
      isClosing: () => closing.begun,
    }
    return {
      ...buildServer(parts),
      beginClose: () => {
        closing.begun = true
      },
      close: closers.closeAll,
    }
  } catch (error) {
    await closers.closeAll().catch((err: unknown) => {
      options.logger.error({ err }, 'not all that was opened could be closed')
    })
    throw error
  }
}

/** Whether all that is kept lies in the data folder. */
const isEmbedded = ({ engineUrl, catalogUrl }: AppOptions): boolean =>
  engineUrl === undefined && catalogUrl === undefined

const BULK_JOBS_EVERY_MS = 1000

function startBulkJobs({ bulkJobs, logger, ...deps }: BulkDeps): Schedule {
  const work = createTraceBulkWork({ ...deps, now: Date.now })
  const run = (signal: AbortSignal) => runDueJobs(bulkJobs, work, signal)
  return startSchedule({ name: 'bulk jobs', firstAfterMs: 0, everyMs: BULK_JOBS_EVERY_MS, logger, run })
}

interface BulkDeps extends Pick<Catalog, 'bulkJobs' | 'datasets' | 'datasetItems'> {
  readonly engine: Engine
  readonly accept: Accept
  readonly releaseMedia: ReleaseMedia
  readonly logger: Logger
}

/** What retention needs besides the media. */
const retentionDeps = ({
  options,
  catalog,
  engine,
  log,
}: {
  readonly options: AppOptions
  readonly catalog: Catalog
  readonly engine: Engine
  readonly log: EventLog
}): Omit<Parameters<typeof startRetention>[0], 'mediaStore'> => ({
  ...options.retention,
  ...options,
  ...catalog,
  engine,
  deadLetterDir: join(options.dataDir, 'dead-letters'),
  storedTo: () => log.committed(0),
})

const catalogOptions = ({ catalogUrl, dataDir, logger }: AppOptions) => ({
  ...(catalogUrl !== undefined && { url: catalogUrl }),
  path: join(dataDir, 'catalog.db'),
  logger,
})

/** With its figures and slowest queries told; the folder is this process's alone, a server may have other writers. */
function watchedEngine(opened: Engine, { metrics, engineUrl }: Pick<AppOptions, 'metrics' | 'engineUrl'>) {
  const { engine, slowest } = watchQueries(measureEngine(opened, metrics))
  const keeping = engineUrl === undefined ? keepingEngine(engine) : engine
  return { engine: { ...keeping, paces: new LRUCache<string, Nanos>({ max: MAX_PACES }) }, slowest }
}

/** Lists whose rows' pace is remembered. */
const MAX_PACES = 1000

async function openEngine({ engineUrl, engine, dataDir, logger }: AppOptions, space: DiskSpace): Promise<Engine> {
  if (engineUrl !== undefined) return await openClickHouse({ ...engine, url: engineUrl })
  return carefulEngine(await openChdb({ ...engine, path: join(dataDir, 'store'), logger }), space, logger)
}

/** Makes the projects, keys and owner that the settings name; gives the default project. */
async function ensureProjects(catalog: Catalog, options: AppOptions): Promise<ProjectId> {
  await catalog.projects.ensure(options)
  await catalog.keys.ensure(projectId(options.project.id), options.keys)
  if (options.seed) {
    await catalog.projects.ensure(options.seed)
    if (options.seed.keys) await catalog.keys.ensure(projectId(options.seed.project.id), options.seed.keys)
  }
  await ensureAccess(catalog, options)
  return projectId(options.project.id)
}

async function ensureAccess(catalog: Catalog, { organization, organizationKeys, owner }: AppOptions): Promise<void> {
  const id = organizationId(organization.id)
  await catalog.organizationKeys.ensure(id, organizationKeys)
  if (owner) await ensureOwner(catalog, id, owner)
}

/** The settings have the last word on the owner's password: one that is new to us ends the sessions under the old one. */
async function ensureOwner(
  { members, users, browserSessions }: Catalog,
  organization: OrganizationId,
  owner: NonNullable<AppOptions['owner']>,
): Promise<void> {
  const { id } = await members.ensureOwner(organization, owner)
  if (owner.password === undefined) return
  const { passwordHash } = (await users.findForSignIn(owner.email)) ?? {}
  if (passwordHash && (await verifyPassword(owner.password, passwordHash))) return
  await users.setPassword(id, await hashPassword(owner.password))
  await browserSessions.closeAllOf(id)
}
