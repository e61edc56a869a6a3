import type { Selectable } from 'kysely'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { PROMPT_TYPES, type Prompt, type PromptChoice } from '#domain/prompt.ts'
import type { PromptReference } from '#domain/prompt-references.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import type { PromptSource } from './prompt-graph.ts'

/** A version beside what its name says of it. */
export type PromptRow = Selectable<CatalogTables['prompt_versions']> & Omit<Selectable<CatalogTables['prompts']>, 'id'>

/** A name in a project. */
export interface PromptName {
  readonly projectId: ProjectId
  readonly name: string
}

/** Versions with their names; every caller adds the project. */
export function selectVersions(db: CatalogDb) {
  return db.selectFrom('prompt_versions').innerJoin('prompts', 'prompts.id', 'prompt_versions.prompt_id')
}

const COLUMNS = ['prompts.project_id', 'prompts.name', 'prompts.type'] as const

/** The version with the number and the label given; without either, any. */
export async function findPromptRow(
  db: CatalogDb,
  { projectId, name }: PromptName,
  { version, label = '' }: PromptChoice,
): Promise<PromptRow | undefined> {
  return await selectVersions(db)
    .where('prompts.project_id', '=', projectId)
    .where('prompts.name', '=', name)
    .$if(version !== undefined, (query) => query.where('prompt_versions.version', '=', version ?? 0))
    .$if(label !== '', (query) =>
      query
        .innerJoin('prompt_labels', (join) =>
          join
            .onRef('prompt_labels.prompt_id', '=', 'prompts.id')
            .onRef('prompt_labels.version_id', '=', 'prompt_versions.id'),
        )
        .where('prompt_labels.label', '=', label),
    )
    .selectAll('prompt_versions')
    .select(COLUMNS)
    .executeTakeFirst()
}

/** What a reference stands for. */
export async function findPromptSource(
  db: CatalogDb,
  projectId: ProjectId,
  reference: PromptReference,
): Promise<PromptSource | undefined> {
  const row = await findPromptRow(db, { projectId, name: reference.name }, reference)
  return row && fromPromptRow(row, NOTHING_BESIDE)
}

const Type = z.enum(PROMPT_TYPES)

/** @throws ZodError when the text is no type of prompts */
export const promptType = (text: string) => Type.parse(text)

const Placeholder = z.looseObject({ type: z.literal('placeholder'), name: z.string() })
const Message = z.looseObject({ role: z.string(), content: z.string() })
const Content = z.union([z.string(), z.array(z.union([Placeholder, Message]))])

type Beside = Pick<Prompt, 'labels' | 'tags'>

const NOTHING_BESIDE: Beside = { labels: [], tags: [] }

/** @throws AppError `internal` when what is stored is no prompt */
function fromPromptRow(row: PromptRow, { labels, tags }: Beside): Prompt {
  try {
    return {
      id: row.id,
      projectId: projectId(row.project_id),
      name: row.name,
      version: row.version,
      type: promptType(row.type),
      content: Content.parse(JSON.parse(row.content)),
      config: row.config,
      labels,
      tags,
      commitMessage: row.commit_message ?? undefined,
      createdBy: row.created_by,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }
  } catch (cause) {
    throw new AppError('internal', `The stored prompt ${row.id} is corrupted`, { cause })
  }
}

/** The labels and tags of a version, and with them the whole prompt. */
export async function completePrompt(db: CatalogDb, row: PromptRow): Promise<Prompt> {
  const labels = await labelsOf(db, row.id)
  const tags = await db
    .selectFrom('prompt_tags')
    .select('tag')
    .where('prompt_id', '=', row.prompt_id)
    .orderBy('position')
    .execute()
  return fromPromptRow(row, { labels, tags: tags.map(({ tag }) => tag) })
}

/** The labels of a version, in the order in which they were given. */
export async function labelsOf(db: CatalogDb, versionId: string): Promise<string[]> {
  const labels = db.selectFrom('prompt_labels').select('label').where('version_id', '=', versionId)
  return (await labels.orderBy('position').execute()).map(({ label }) => label)
}
