/**
 * Prompts in the catalogue. Every edit first takes the row of its name, which makes the edits of one
 * name follow one another on both databases: versions count without gaps, and a label is on one version.
 */
import type { ProjectId } from '#domain/ids.ts'
import type { NewPrompt, Prompt, PromptChoice, PromptFinder, ResolvedPrompt } from '#domain/prompt.ts'
import type { CatalogDb } from './database.ts'
import { createVersion } from './prompt-creation.ts'
import { deleteVersions } from './prompt-deletion.ts'
import { cachePromptFinder } from './prompt-finder.ts'
import { resolvePrompt } from './prompt-graph.ts'
import { lockPrompt, moveLabels } from './prompt-labels.ts'
import { listPrompts, type PromptPage, type PromptSummaries } from './prompt-list.ts'
import { completePrompt, findPromptRow, findPromptSource, type PromptName } from './prompt-row.ts'

export interface Prompts extends PromptFinder {
  /**
   * Adds the next version of the name; `latest` and the labels given move to it, tags that are given
   * replace those of the name (public-api contract §9.1).
   * @throws AppError `bad_request` when the name has another type, when a placeholder is also a
   * variable, and for references that can't be replaced
   */
  create(projectId: ProjectId, prompt: NewPrompt): Promise<Prompt>
  /** The version with the number and label given, its content as it was given. */
  get(projectId: ProjectId, name: string, choice: PromptChoice): Promise<Prompt | undefined>
  /** As `get`, with references replaced. @throws AppError `conflict` when they can't be replaced any more */
  getResolved(projectId: ProjectId, name: string, choice: PromptChoice): Promise<ResolvedPrompt | undefined>
  /** Puts labels on a version besides those it has; undefined when there is no such version (public-api contract §9.4). */
  addLabels(projectId: ProjectId, name: string, change: LabelChange): Promise<Prompt | undefined>
  /**
   * Deletes the version with the number and label given, or without either all of the name. False when
   * there is none (public-api contract §9.5).
   * @throws AppError `bad_request` when other prompts refer to what would go
   */
  delete(projectId: ProjectId, name: string, choice: PromptChoice): Promise<boolean>
  list(projectId: ProjectId, page: PromptPage): Promise<PromptSummaries>
}

interface LabelChange {
  readonly version: number
  readonly labels: readonly string[]
}

export function createPrompts(db: CatalogDb, now: () => number): Prompts {
  const { find, forget } = cachePromptFinder(async (projectId, name, version) => {
    const row = await findPromptRow(db, { projectId, name }, { version })
    return row?.id
  })
  const get: Prompts['get'] = async (projectId, name, choice) => {
    const row = await findPromptRow(db, { projectId, name }, choice)
    return row && (await completePrompt(db, row))
  }
  /** Runs an edit as a whole or not at all; what was found before it is forgotten. */
  const edit = async <T>(body: (transaction: CatalogDb) => Promise<T>): Promise<T> => {
    const done = await db.transaction().execute(body)
    forget()
    return done
  }
  return {
    find,
    get,
    getResolved: async (projectId, name, choice) => {
      const prompt = await get(projectId, name, choice)
      return prompt && (await resolveStored(db, prompt))
    },
    create: (projectId, prompt) =>
      edit(async (transaction) => {
        const place = { projectId, name: prompt.name }
        const version = await createVersion(transaction, { ...place, prompt, at: now() })
        const created = await findCompleted(transaction, place, version)
        if (!created) throw new Error(`prompt ${prompt.name} version ${version} vanished while it was made`)
        return created
      }),
    addLabels: (projectId, name, { version, labels }) =>
      edit(async (transaction) => {
        const place = { projectId, name }
        const promptId = await lockPrompt(transaction, place)
        const row = await findPromptRow(transaction, place, { version })
        if (promptId === undefined || !row) return undefined
        await moveLabels(transaction, { promptId, versionId: row.id, labels: [...new Set(labels)], at: now() })
        return await findCompleted(transaction, place, version)
      }),
    delete: (projectId, name, choice) =>
      edit((transaction) => deleteVersions(transaction, { projectId, name, choice, at: now() })),
    list: (projectId, page) => listPrompts(db, projectId, page),
  }
}

async function findCompleted(db: CatalogDb, name: PromptName, version: number): Promise<Prompt | undefined> {
  const row = await findPromptRow(db, name, { version })
  return row && (await completePrompt(db, row))
}

async function resolveStored(db: CatalogDb, prompt: Prompt): Promise<ResolvedPrompt> {
  const { content, graph } = await resolvePrompt(prompt, {
    find: (reference) => findPromptSource(db, prompt.projectId, reference),
    failure: 'conflict',
  })
  return { ...prompt, content, graph }
}
