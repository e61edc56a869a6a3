/**
 * The composition root: builds every object in order and hands each what it needs. The only file
 * that knows all of them; it decides nothing but the order of opening and closing.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { type Catalog, openCatalog } from '#catalog/catalog.ts'
import { createTokenCounter } from '#catalog/tokens/token-counter.ts'
import type { Nanos } from '#domain/time.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import { createReadBarrier } from '#eventlog/read-barrier.ts'
import { openSegmentLog } from '#eventlog/segment-log.ts'
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
import { startWriter } from '#writer/writer.ts'
import type { AppOptions } from './app-options.ts'
import { ensureProjects } from './app-projects.ts'
import { buildServer, type ServerParts } from './app-server.ts'

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
