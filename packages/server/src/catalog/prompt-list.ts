import type { ProjectId } from '#domain/ids.ts'
import type { PromptCondition, PromptSummary } from '#domain/prompt.ts'
import type { CatalogDb } from './database.ts'
import { conditionSql } from './prompt-conditions.ts'
import { promptType, selectVersions } from './prompt-row.ts'

export interface PromptPage {
  /** From 1. */
  readonly page: number
  readonly limit: number
  readonly conditions: readonly PromptCondition[]
}

export interface PromptSummaries {
  readonly prompts: PromptSummary[]
  /** Names on all pages. */
  readonly totalItems: number
}

/** Names by name; what is said of each covers the versions that fit all conditions (public-api contract §9.3). */
export async function listPrompts(db: CatalogDb, projectId: ProjectId, page: PromptPage): Promise<PromptSummaries> {
  const fitting = selectFitting(db, projectId, page.conditions)
  const { total } = await fitting
    .select((eb) => eb.fn.count<number>('prompts.id').distinct().as('total'))
    .executeTakeFirstOrThrow()
  const names = await fitting
    .select(['prompts.id', 'prompts.name', 'prompts.type'])
    .distinct()
    .orderBy('prompts.name')
    .limit(page.limit)
    .offset((page.page - 1) * page.limit)
    .execute()
  if (names.length === 0) return { prompts: [], totalItems: total }
  const ids = names.map(({ id }) => id)
  const versions = await fitting
    .select(['prompt_versions.id', 'prompt_versions.prompt_id', 'version', 'updated_at'])
    .where('prompts.id', 'in', ids)
    .orderBy('version')
    .execute()
  const beside = await loadBeside(db, ids, newestOf(versions))
  const prompts = names.map((name) => ({ ...name, versions: versions.filter((row) => row.prompt_id === name.id) }))
  return { prompts: prompts.map((prompt) => summarize(prompt, beside)), totalItems: total }
}

function selectFitting(db: CatalogDb, projectId: ProjectId, conditions: readonly PromptCondition[]) {
  return selectVersions(db)
    .where('prompts.project_id', '=', projectId)
    .where((eb) => eb.and(conditions.map((condition) => conditionSql(eb, condition))))
}

interface VersionRow {
  readonly id: string
  readonly prompt_id: string
  readonly version: number
  readonly updated_at: number
}

/** The last version of each name; rows come in ascending order. */
function newestOf(versions: readonly VersionRow[]): string[] {
  return [...new Map(versions.map((row) => [row.prompt_id, row.id])).values()]
}

async function loadBeside(db: CatalogDb, promptIds: readonly string[], newest: readonly string[]) {
  const labels = db.selectFrom('prompt_labels').select(['version_id', 'label']).where('prompt_id', 'in', promptIds)
  const tags = db.selectFrom('prompt_tags').select(['prompt_id', 'tag']).where('prompt_id', 'in', promptIds)
  const configs = db.selectFrom('prompt_versions').select(['prompt_id', 'config']).where('id', 'in', newest)
  return {
    labels: await labels.execute(),
    tags: await tags.orderBy('position').execute(),
    configs: await configs.execute(),
  }
}

interface NamedVersions {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly versions: readonly VersionRow[]
}

type Beside = Awaited<ReturnType<typeof loadBeside>>

function summarize({ id, name, type, versions }: NamedVersions, { labels, tags, configs }: Beside): PromptSummary {
  const versionIds = new Set(versions.map((row) => row.id))
  return {
    name,
    type: promptType(type),
    versions: versions.map(({ version }) => version),
    labels: labels
      .filter((row) => versionIds.has(row.version_id))
      .map(({ label }) => label)
      .sort(),
    tags: tags.filter((row) => row.prompt_id === id).map(({ tag }) => tag),
    lastUpdatedAt: Math.max(...versions.map((row) => row.updated_at)),
    lastConfig: configs.find((row) => row.prompt_id === id)?.config ?? '{}',
  }
}
