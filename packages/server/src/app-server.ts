/**
 * The second half of the composition root: which routes there are, and what each of them needs.
 */
import { join } from 'node:path'
import { createAuthenticator } from '#auth/authenticator.ts'
import { createPasswords, type Passwords } from '#auth/passwords.ts'
import { createSessions, type Sessions } from '#auth/sessions.ts'
import type { Catalog } from '#catalog/catalog.ts'
import { organizationId, type ProjectId } from '#domain/ids.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import type { ReadBarrier } from '#eventlog/read-barrier.ts'
import type { StoredFeed } from '#eventlog/stored-feed.ts'
import { createReleaseMedia } from '#http/release-media.ts'
import type { Route } from '#http/route.ts'
import { administrationRoutes } from '#http/routes/administration.ts'
import { annotationQueueRoutes } from '#http/routes/annotation-queues.ts'
import { backupRoutes } from '#http/routes/backups.ts'
import { commentRoutes } from '#http/routes/comments.ts'
import { datasetItemRoutes } from '#http/routes/dataset-items.ts'
import { datasetRunRoutes } from '#http/routes/dataset-runs.ts'
import { datasetRoutes } from '#http/routes/datasets.ts'
import { deadLetterRoutes } from '#http/routes/dead-letters.ts'
import { withDocs } from '#http/routes/docs.ts'
import { evaluationRoutes } from '#http/routes/evaluation.ts'
import { experimentRoutes } from '#http/routes/experiments.ts'
import { exportRoutes } from '#http/routes/export.ts'
import { feedbackRoutes } from '#http/routes/feedback.ts'
import { ingestionRoutes } from '#http/routes/ingestion.ts'
import { legacyWriteRoutes } from '#http/routes/legacy-writes.ts'
import { llmConnectionRoutes } from '#http/routes/llm-connections.ts'
import { withMcp } from '#http/routes/mcp.ts'
import { mediaRoutes } from '#http/routes/media.ts'
import type { MediaDeps } from '#http/routes/media-deps.ts'
import { metricRoutes } from '#http/routes/metrics.ts'
import { metricsQueryRoutes } from '#http/routes/metrics-query.ts'
import { modelRoutes } from '#http/routes/models.ts'
import { nativeRoutes } from '#http/routes/native.ts'
import { observationRoutes } from '#http/routes/observations.ts'
import { otelRoutes } from '#http/routes/otel.ts'
import { projectRoutes } from '#http/routes/projects.ts'
import { promptRoutes } from '#http/routes/prompts.ts'
import { scoreConfigRoutes } from '#http/routes/score-configs.ts'
import { scoreReadRoutes } from '#http/routes/scores-read.ts'
import { scoreWriteRoutes } from '#http/routes/scores-write.ts'
import { sessionRoutes } from '#http/routes/sessions.ts'
import { systemRoutes } from '#http/routes/system.ts'
import { traceExportRoutes } from '#http/routes/trace-export.ts'
import { traceRoutes } from '#http/routes/traces.ts'
import { accountRoutes } from '#http/routes/ui/account.ts'
import { bulkJobRoutes } from '#http/routes/ui/bulk-jobs.ts'
import { demoRoutes } from '#http/routes/ui/demo.ts'
import { exploreRoutes } from '#http/routes/ui/explore.ts'
import { imageHostsOf, imageRoutes } from '#http/routes/ui/images.ts'
import { uiKeyRoutes } from '#http/routes/ui/keys.ts'
import { uiMemberRoutes } from '#http/routes/ui/members.ts'
import { overviewRoutes } from '#http/routes/ui/overview.ts'
import { projectSettingsRoutes } from '#http/routes/ui/project-settings.ts'
import { savedViewRoutes } from '#http/routes/ui/saved-views.ts'
import { sessionRoutes as browserSessionRoutes } from '#http/routes/ui/session.ts'
import { systemHealthRoutes } from '#http/routes/ui/system.ts'
import { tailRoutes } from '#http/routes/ui/tail.ts'
import { traceViewRoutes } from '#http/routes/ui/trace.ts'
import { traceEditRoutes } from '#http/routes/ui/trace-edit.ts'
import { createHttp } from '#http/server.ts'
import { uiFiles } from '#http/ui-files.ts'
import { publicRoutesForSessions } from '#http/ui-route.ts'
import type { Accept } from '#ingest/accept.ts'
import { createRefusals } from '#ingest/refusals.ts'
import type { BackupSource } from '#jobs/backup.ts'
import { oneUnderWay } from '#lib/one-under-way.ts'
import { createRateLimiter } from '#lib/rate-limit.ts'
import { createSealer } from '#lib/sealer.ts'
import { createMediaLinks } from '#media/media-links.ts'
import type { MediaStore } from '#media/media-store.ts'
import { hasRecentEvents } from '#query/recent-events.ts'
import type { Engine } from '#store/engine.ts'
import type { SlowQuery } from '#store/slow-queries.ts'
import type { AppOptions } from './app-options.ts'

/** What requests are served with: opened, and closed, by app.ts. */
export interface ServerParts {
  readonly options: AppOptions
  readonly catalog: Catalog
  readonly engine: Engine
  readonly barrier: ReadBarrier
  readonly feed: StoredFeed
  readonly log: Pick<EventLog, 'append' | 'backlogBytes' | 'checkRoom'>
  /** Runs the work while the writer stores nothing. */
  between<T>(work: () => Promise<T>): Promise<T>
  slowQueries(): readonly SlowQuery[]
  readonly accept: Accept
  readonly mediaStore: MediaStore
  readonly project: ProjectId
  /** Where backups are taken from; undefined where not everything is in the data folder. */
  readonly backupSource: BackupSource | undefined
  isClosing(): boolean
}

/** The server of all routes. */
export function buildServer(parts: ServerParts) {
  const { options, catalog, barrier, project } = parts
  const { logger, metrics } = options
  const limiter = createRateLimiter(options.readLimit)
  const sessions = openSessions(parts)
  const publicRoutes = [
    ...systemRoutes(systemDeps(parts, limiter)),
    ...backupRoutes({ ...parts, logger }),
    ...deadLetterRoutes({ ...parts, logger, deadLetterDir: deadLetterDirOf(options) }),
    ...projectRoutes(catalog),
    ...promptRoutes(catalog),
    ...experimentationRoutes(parts),
    ...writeRoutes(parts),
    ...readRoutes(parts),
    ...mediaRoutes(mediaDeps(parts)),
    ...catalogRoutes(parts),
  ]
  return createHttp({
    routes: [
      ...withDocs(withMcp(publicRoutes, options), options.version),
      ...publicRoutesForSessions(publicRoutes),
      ...uiRoutes(parts, sessions),
    ],
    sessions,
    authenticator: createAuthenticator({
      keys: catalog.keys,
      organizationKeys: catalog.organizationKeys,
      token: { secret: options.token, projectId: project },
      logger,
    }),
    admin: {
      key: options.adminKey,
      hasProject: async (id) => (await catalog.projects.byId(id)) !== undefined,
    },
    barrier,
    limiter,
    logger,
    metrics,
    pages: uiFiles(options.webDir, imageHostsOf({ sessions, publicUrl: options.publicUrl })),
    options: {
      ...options.http,
      publicUrl: options.publicUrl,
      ...(options.isOpenCompat && { openProject: project }),
    },
  })
}

const deadLetterDirOf = ({ dataDir }: Pick<AppOptions, 'dataDir'>) => join(dataDir, 'dead-letters')

function openSessions({ options, catalog }: ServerParts): Sessions {
  return createSessions({
    ...catalog,
    token: options.token,
    organizationId: organizationId(options.organization.id),
    csrfKey: catalog.csrfKey,
  })
}

function openPasswords({ owner }: AppOptions, { users, browserSessions }: Catalog): Passwords {
  const settledEmail = owner?.password === undefined ? undefined : owner.email
  return createPasswords({ users, browserSessions, settledEmail })
}

/** What only the web interface asks. */
function uiRoutes(
  { options, accept, engine, catalog, feed, log, slowQueries, mediaStore }: ServerParts,
  sessions: Sessions,
): Route[] {
  const { version, logger, publicUrl } = options
  return [
    ...browserSessionRoutes({ sessions, version, logger, publicUrl }),
    ...accountRoutes({ passwords: openPasswords(options, catalog), logger }),
    ...uiKeyRoutes({ ...catalog, logger }),
    ...uiMemberRoutes({ ...catalog, logger }),
    ...imageRoutes({ ...catalog, store: mediaStore, logger }),
    ...projectSettingsRoutes({
      ...catalog,
      organizationId: options.organization.id,
      retention: options.retention,
      logger,
    }),
    ...systemHealthRoutes({
      sessions,
      engine,
      dataDir: options.dataDir,
      log: { maxBytes: options.log.maxBytes, backlogBytes: () => log.backlogBytes() },
      deadLetterDir: deadLetterDirOf(options),
      slowQueries,
      version,
    }),
    ...exploreRoutes({ engine, listBudgetMs: options.listBudgetMs }),
    ...traceViewRoutes({ engine, models: catalog.models }),
    ...traceEditRoutes({ engine, accept }),
    ...overviewRoutes({ engine }),
    ...demoRoutes({ accept }),
    ...tailRoutes({ engine, feed }),
    ...savedViewRoutes(catalog),
    ...bulkJobRoutes({ ...catalog, engine, logger }),
  ]
}

const systemDeps = (
  parts: ServerParts,
  limiter: ReturnType<typeof createRateLimiter>,
): Parameters<typeof systemRoutes>[0] => ({
  version: parts.options.version,
  // Whoever asks needs no credentials: however many do, the store is asked once at a time.
  checkStorage: oneUnderWay(async () => {
    await Promise.all([parts.engine.ping(), parts.catalog.ping()])
  }),
  hasRecentEvents: oneUnderWay(() => hasRecentEvents(parts.engine)),
  isClosing: parts.isClosing,
  limiter,
  metrics: parts.options.metrics,
  metricsAccess: parts.options.isLoopback ? 'none' : 'token',
})

const mediaDeps = ({ options, catalog, mediaStore }: ServerParts): MediaDeps => ({
  media: catalog.media,
  store: mediaStore,
  links: createMediaLinks(catalog.mediaLinkKey),
  publicUrl: options.publicUrl,
  maxBytes: options.mediaMaxBytes,
})

/** What people edit and programs look up. */
function catalogRoutes({ options, catalog, engine }: ServerParts): Route[] {
  const sealer = createSealer(options.encryptionKey)
  return [
    ...modelRoutes(catalog),
    ...scoreConfigRoutes(catalog),
    ...commentRoutes({ ...catalog, engine }),
    ...annotationQueueRoutes({ ...catalog, engine }),
    ...llmConnectionRoutes({ ...catalog, sealer }),
    ...feedbackRoutes(catalog),
    ...evaluationRoutes(catalog),
    ...administrationRoutes({ ...catalog, sealer, configuredProjects: configuredProjects(options) }),
  ]
}

const configuredProjects = ({ project, seed }: AppOptions) => new Set([project.id, ...(seed ? [seed.project.id] : [])])

/** Datasets, and experiments over them. */
function experimentationRoutes(parts: ServerParts): Route[] {
  const { datasets, datasetItems, datasetRuns } = parts.catalog
  const media = mediaDeps(parts)
  const releaseMedia = createReleaseMedia(media)
  const deps = { ...media, engine: parts.engine, datasets, datasetItems, datasetRuns, releaseMedia }
  return [...datasetRoutes(deps), ...datasetItemRoutes(deps), ...datasetRunRoutes(deps), ...experimentRoutes(deps)]
}

function writeRoutes({ options, catalog, log, accept }: ServerParts): Route[] {
  const refusals = createRefusals(options)
  // What is too large in any case is told so, and no less by a full log: it must not be sent again.
  const admit = (bytes: number) => {
    if (bytes <= options.http.maxBodyBytes) log.checkRoom(bytes)
  }
  const deps = { admit, accept, refusals, scoreConfigs: catalog.scoreConfigs, idempotency: catalog.idempotency }
  return [
    ...ingestionRoutes(deps),
    ...legacyWriteRoutes(deps),
    ...scoreWriteRoutes(deps),
    ...nativeRoutes(deps),
    ...otelRoutes(deps),
  ]
}

function readRoutes({ engine, accept, catalog, mediaStore }: ServerParts): Route[] {
  const releaseMedia = createReleaseMedia({ ...catalog, store: mediaStore })
  const deps = { engine, accept, models: catalog.models, releaseMedia }
  return [
    ...traceRoutes(deps),
    ...observationRoutes(deps),
    ...sessionRoutes(deps),
    ...scoreReadRoutes(deps),
    ...metricRoutes(deps),
    ...metricsQueryRoutes(deps),
    ...exportRoutes(deps),
    ...traceExportRoutes(deps),
  ]
}
