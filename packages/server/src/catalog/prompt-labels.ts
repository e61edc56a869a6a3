import type { CatalogDb } from './database.ts'
import type { PromptName } from './prompt-row.ts'

/** Takes the row of a name until the transaction ends: an update is the lock that both databases know. */
export async function lockPrompt(db: CatalogDb, { projectId, name }: PromptName): Promise<string | undefined> {
  const locked = await db
    .updateTable('prompts')
    .set({ name })
    .where('project_id', '=', projectId)
    .where('name', '=', name)
    .returning('id')
    .executeTakeFirst()
  return locked?.id
}

export interface LabelMove {
  readonly promptId: string
  readonly versionId: string
  readonly labels: readonly string[]
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Puts labels on a version, behind those it has, and takes them off all others. The name MUST be locked. */
export async function moveLabels(db: CatalogDb, { promptId, versionId, labels, at }: LabelMove): Promise<void> {
  if (labels.length === 0) return
  const placed = await db
    .selectFrom('prompt_labels')
    .select(['label', 'version_id'])
    .where('prompt_id', '=', promptId)
    .where('label', 'in', labels)
    .execute()
  const own = new Set(placed.filter((row) => row.version_id === versionId).map((row) => row.label))
  const added = labels.filter((label) => !own.has(label))
  if (added.length === 0) return
  await db.deleteFrom('prompt_labels').where('prompt_id', '=', promptId).where('label', 'in', added).execute()
  const first = await nextPosition(db, versionId)
  const rows = added.map((label, index) => ({
    prompt_id: promptId,
    label,
    version_id: versionId,
    position: first + index,
  }))
  await db.insertInto('prompt_labels').values(rows).execute()
  const changed = [versionId, ...placed.map((row) => row.version_id)]
  await db.updateTable('prompt_versions').set({ updated_at: at }).where('id', 'in', changed).execute()
}

async function nextPosition(db: CatalogDb, versionId: string): Promise<number> {
  const { last } = await db
    .selectFrom('prompt_labels')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('version_id', '=', versionId)
    .executeTakeFirstOrThrow()
  return last === null ? 0 : last + 1
}
