/**
 * The catalogue: everything that is small, relational and edited by people (projects, keys, prices,
 * score configs), in a SQLite file or in Postgres. Out of it come small stores, one a subject; the
 * only way in is through them. Telemetry never goes here, and no caller sees SQL or a row.
 */
import { sql } from 'kysely'
import { createJsonSchemas } from '#lib/json-schema.ts'
import type { Logger } from '#telemetry/logger.ts'
import { type AnnotationQueues, createAnnotationQueues } from './annotation-queues.ts'
import { type BlobStorages, createBlobStorages } from './blob-storages.ts'
import { type BrowserSessions, createBrowserSessions } from './browser-sessions.ts'
import { type BulkJobs, createBulkJobs } from './bulk-jobs.ts'
import { type Comments, createComments } from './comments.ts'
import { createDashboards, type Dashboards } from './dashboards.ts'
import type { CatalogDb } from './database.ts'
import { createDatasetChecks } from './dataset-checks.ts'
import { createDatasetItems, type DatasetItems } from './dataset-items.ts'
import { createDatasetRuns, type DatasetRuns } from './dataset-runs.ts'
import { createDatasets, type Datasets } from './datasets.ts'
import { createEvaluationRules, type EvaluationRules } from './evaluation-rules.ts'
import { createEvaluators, type Evaluators } from './evaluators.ts'
import { createFeedbackBox, type FeedbackBox } from './feedback.ts'
import { createIdempotency, type Idempotency } from './idempotency.ts'
import { createKeys, type Keys } from './keys.ts'
import { createLlmConnections, type LlmConnections } from './llm-connections.ts'
import { createMediaRecords, type MediaRecords } from './media.ts'
import { createMembers, type Members } from './members.ts'
import { migrateCatalog } from './migrate.ts'
import { createModels, type Models } from './models.ts'
import { createOrganizationKeys, type OrganizationKeys } from './organization-keys.ts'
import { openPostgres } from './postgres.ts'
import { createPresence, type Presence } from './presence.ts'
import { createProjectAccess, type ProjectAccess } from './project-access.ts'
import { createProjectMembers, type ProjectMembers } from './project-members.ts'
import { createProjects, type Projects } from './projects.ts'
import { createPrompts, type Prompts } from './prompts.ts'
import { createQueueItems, type QueueItems } from './queue-items.ts'
import { createSavedViews, type SavedViews } from './saved-views.ts'
import { createScoreConfigs, type ScoreConfigs } from './score-configs.ts'
import { openSecretHasher } from './secret-hash.ts'
import { secretSetting } from './secret-settings.ts'
import { createSkills, type Skills } from './skills.ts'
import { openSqlite } from './sqlite.ts'
import { createUsers, type Users } from './users.ts'
import { createWidgets, type Widgets } from './widgets.ts'

export interface Catalog {
  readonly projects: Projects
  readonly keys: Keys
  readonly organizationKeys: OrganizationKeys
  readonly users: Users
  readonly members: Members
  readonly projectMembers: ProjectMembers
  readonly projectAccess: ProjectAccess
  readonly browserSessions: BrowserSessions
  readonly savedViews: SavedViews
  readonly bulkJobs: BulkJobs
  readonly blobStorages: BlobStorages
  readonly dashboards: Dashboards
  readonly widgets: Widgets
  readonly evaluators: Evaluators
  readonly evaluationRules: EvaluationRules
  readonly skills: Skills
  readonly models: Models
  readonly scoreConfigs: ScoreConfigs
  readonly prompts: Prompts
  readonly idempotency: Idempotency
  readonly datasets: Datasets
  readonly datasetItems: DatasetItems
  readonly datasetRuns: DatasetRuns
  readonly comments: Comments
  readonly annotationQueues: AnnotationQueues
  readonly queueItems: QueueItems
  readonly llmConnections: LlmConnections
  readonly feedback: FeedbackBox
  readonly presence: Presence
  readonly media: MediaRecords
  /** What this installation's tokens against forged requests are made with. */
  readonly csrfKey: Uint8Array
  /** What links of this installation to its media are signed with. */
  readonly mediaLinkKey: Uint8Array
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface CatalogOptions {
  /** Postgres; without it the file at `path` serves. */
  readonly url?: string
  readonly path: string
  readonly logger: Logger
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/**
 * Opens the catalogue and brings it up to date; whoever opens it MUST close it.
 * @throws AppError `unavailable` when it is damaged, newer than this program, or does not answer
 */
export async function openCatalog(options: CatalogOptions): Promise<Catalog> {
  const db = options.url ? openPostgres(options.url, options.logger) : await openSqlite(options.path)
  try {
    await migrateCatalog(db, options.url ? 'in Postgres' : options.path)
    return await buildCatalog(db, options)
  } catch (error) {
    await db.destroy()
    throw error
  }
}

async function buildCatalog(db: CatalogDb, { logger, now = Date.now }: CatalogOptions): Promise<Catalog> {
  const onUseError = (error: unknown) => logger.warn({ err: error }, 'could not note when keys were last used')
  const keyOptions = { db, hasher: await openSecretHasher(db), now, onUseError }
  const keys = createKeys(keyOptions)
  const organizationKeys = createOrganizationKeys(keyOptions)
  const checks = createDatasetChecks(createJsonSchemas())
  return {
    projects: createProjects(db, now),
    keys,
    organizationKeys,
    users: createUsers(db, now),
    members: createMembers(db, now),
    projectMembers: createProjectMembers(db, now),
    projectAccess: createProjectAccess(db),
    browserSessions: createBrowserSessions({ db, hasher: keyOptions.hasher, now }),
    savedViews: createSavedViews(db, now),
    bulkJobs: createBulkJobs(db, now),
    blobStorages: createBlobStorages(db, now),
    dashboards: createDashboards(db, now),
    widgets: createWidgets(db, now),
    evaluators: createEvaluators(db, now),
    evaluationRules: createEvaluationRules(db, now),
    skills: createSkills(db, now),
    models: createModels(db, now),
    scoreConfigs: createScoreConfigs(db, now),
    prompts: createPrompts(db, now),
    idempotency: createIdempotency(db),
    datasets: createDatasets({ db, checks, now }),
    datasetItems: createDatasetItems({ db, checks, now }),
    datasetRuns: createDatasetRuns(db, now),
    comments: createComments(db, now),
    annotationQueues: createAnnotationQueues(db, now),
    queueItems: createQueueItems(db, now),
    llmConnections: createLlmConnections(db, now),
    feedback: createFeedbackBox(db, now),
    presence: createPresence(db),
    media: createMediaRecords(db, now),
    csrfKey: await secretSetting(db, 'csrf_key'),
    mediaLinkKey: await secretSetting(db, 'media_link_key'),
    ping: async () => {
      await sql`select 1`.execute(db)
    },
    close: async () => {
      await keys.close()
      await organizationKeys.close()
      await db.destroy()
    },
  }
}
