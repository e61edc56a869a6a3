import { AppError } from '#domain/errors.ts'
import { LATEST_LABEL, type PromptChoice } from '#domain/prompt.ts'
import type { CatalogDb } from './database.ts'
import { lockPrompt, moveLabels } from './prompt-labels.ts'
import { findPromptRow, labelsOf, type PromptName, type PromptRow } from './prompt-row.ts'

interface Deletion extends PromptName {
  readonly choice: PromptChoice
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Deletes within a transaction. @throws AppError as `Prompts.delete` */
export async function deleteVersions(db: CatalogDb, deletion: Deletion): Promise<boolean> {
  const { version, label } = deletion.choice
  const promptId = await lockPrompt(db, deletion)
  if (promptId === undefined) return false
  if (version === undefined && label === undefined) {
    await refuseReferred(db, deletion)
    await db.deleteFrom('prompts').where('id', '=', promptId).execute()
    return true
  }
  const row = await findPromptRow(db, deletion, deletion.choice)
  if (!row) return false
  await refuseReferred(db, deletion, row)
  await db.deleteFrom('prompt_versions').where('id', '=', row.id).execute()
  await settleLatest(db, promptId, deletion.at)
  return true
}

/** The newest version left gets `latest`; a name without versions goes. */
async function settleLatest(db: CatalogDb, promptId: string, at: number): Promise<void> {
  const newest = await db
    .selectFrom('prompt_versions')
    .select('id')
    .where('prompt_id', '=', promptId)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  if (newest) await moveLabels(db, { promptId, versionId: newest.id, labels: [LATEST_LABEL], at })
  else await db.deleteFrom('prompts').where('id', '=', promptId).execute()
}

const SHOWN_DEPENDANTS = 5

/** @throws AppError `bad_request` when a prompt refers to the version, or to any one of the name when none is given */
async function refuseReferred(db: CatalogDb, { projectId, name }: PromptName, row?: PromptRow): Promise<void> {
  const labels = row ? await labelsOf(db, row.id) : []
  const dependants = await db
    .selectFrom('prompt_references')
    .innerJoin('prompt_versions', 'prompt_versions.id', 'prompt_references.version_id')
    .innerJoin('prompts', 'prompts.id', 'prompt_versions.prompt_id')
    .select(['prompts.name', 'prompt_versions.version'])
    .where('prompt_references.project_id', '=', projectId)
    .where('prompt_references.name', '=', name)
    .$if(row !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('prompt_references.version', '=', row?.version ?? 0),
          ...labels.map((label) => eb('prompt_references.label', '=', label)),
        ]),
      ),
    )
    .orderBy('prompts.name')
    .orderBy('prompt_versions.version')
    .limit(SHOWN_DEPENDANTS)
    .execute()
  if (dependants.length === 0) return
  const named = dependants.map((dependant) => `'${dependant.name}' version ${dependant.version}`).join(', ')
  throw new AppError('bad_request', `Other prompts depend on '${name}': ${named}; change or delete them first`)
}
