import { randomUUID } from 'node:crypto'
import { AppError } from '#domain/errors.ts'
import { LATEST_LABEL, type NewPrompt, type PromptType } from '#domain/prompt.ts'
import { findNameClash, findReferences } from '#domain/prompt-references.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { parseTree, printTree } from '#lib/json/tree.ts'
import type { CatalogDb } from './database.ts'
import { resolvePrompt } from './prompt-graph.ts'
import { moveLabels } from './prompt-labels.ts'
import { findPromptSource, type PromptName } from './prompt-row.ts'

interface Creation extends PromptName {
  readonly prompt: NewPrompt
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Adds the next version of a name within a transaction; gives its number. @throws AppError as `Prompts.create` */
export async function createVersion(db: CatalogDb, creation: Creation): Promise<number> {
  const { name, prompt, at } = creation
  const clash = findNameClash(prompt.content)
  if (clash !== undefined)
    throw new AppError('bad_request', `'${clash}' is a variable and a placeholder at once; give one another name`)
  const promptId = await lockOrAdd(db, creation)
  const version = await nextVersion(db, promptId)
  const id = randomUUID()
  await resolvePrompt(
    { id, name, version, content: prompt.content },
    { find: (reference) => findPromptSource(db, creation.projectId, reference), failure: 'bad_request' },
  )
  await db
    .insertInto('prompt_versions')
    .values({
      id,
      prompt_id: promptId,
      version,
      content: JSON.stringify(prompt.content),
      config: prompt.config,
      commit_message: prompt.commitMessage ?? null,
      created_by: prompt.createdBy,
      created_at: at,
      updated_at: at,
    })
    .execute()
  if (prompt.tags) await replaceTags(db, { promptId, tags: prompt.tags, at })
  const labels = [...new Set([...prompt.labels, LATEST_LABEL])]
  await moveLabels(db, { promptId, versionId: id, labels, at })
  await insertConfigValues(db, id, prompt.config)
  await insertReferences(db, creation, id)
  return version
}

/** The id of the name's row, which is this transaction's from here on. */
async function lockOrAdd(db: CatalogDb, { projectId, name, prompt }: Creation): Promise<string> {
  const type: PromptType = typeof prompt.content === 'string' ? 'text' : 'chat'
  const row = await db
    .insertInto('prompts')
    .values({ id: randomUUID(), project_id: projectId, name, type })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doUpdateSet({ name }))
    .returning(['id', 'type'])
    .executeTakeFirstOrThrow()
  if (row.type !== type)
    throw new AppError(
      'bad_request',
      `Previous versions of '${name}' have a different prompt type: it is a ${row.type} prompt; give the ${type} prompt another name`,
    )
  return row.id
}

async function nextVersion(db: CatalogDb, promptId: string): Promise<number> {
  const { last } = await db
    .selectFrom('prompt_versions')
    .select((eb) => eb.fn.max('version').as('last'))
    .where('prompt_id', '=', promptId)
    .executeTakeFirstOrThrow()
  return last === null ? 1 : last + 1
}

interface TagChange {
  readonly promptId: string
  readonly tags: readonly string[]
  readonly at: number
}

/** Tags belong to the name, so that all of its versions change with them. */
async function replaceTags(db: CatalogDb, { promptId, tags, at }: TagChange): Promise<void> {
  await db.deleteFrom('prompt_tags').where('prompt_id', '=', promptId).execute()
  const rows = [...new Set(tags)].map((tag, position) => ({ prompt_id: promptId, position, tag }))
  if (rows.length > 0) await db.insertInto('prompt_tags').values(rows).execute()
  await db.updateTable('prompt_versions').set({ updated_at: at }).where('prompt_id', '=', promptId).execute()
}

/** Rows of one insert: databases bound the values of a statement. */
const INSERT_ROWS = 1_000

async function insertConfigValues(db: CatalogDb, versionId: string, config: string): Promise<void> {
  const rows = configEntries(config).map(([key, value]) => ({ version_id: versionId, key, value }))
  for (let start = 0; start < rows.length; start += INSERT_ROWS)
    await db
      .insertInto('prompt_config_values')
      .values(rows.slice(start, start + INSERT_ROWS))
      .execute()
}

/** The members of a config object, each value as text: a string as its characters, others as JSON. */
function configEntries(config: string): [key: string, value: string][] {
  const tree = parseTree(config)
  if (!(tree instanceof Map)) return []
  return Array.from(tree, ([key, value]) => {
    const isText = value instanceof JsonText && value.text.startsWith('"')
    return [storable(key), storable(isText ? String(JSON.parse(value.text)) : printTree(value))]
  })
}

/** Postgres takes no NUL in text. */
const storable = (text: string) => text.replaceAll('\0', '')

async function insertReferences(db: CatalogDb, { projectId, prompt }: Creation, versionId: string): Promise<void> {
  const rows = findReferences(prompt.content)
    .filter((reference) => typeof reference !== 'string')
    .map((reference) => ({ version: null, label: null, ...reference, project_id: projectId, version_id: versionId }))
  if (rows.length > 0) await db.insertInto('prompt_references').values(rows).execute()
}
