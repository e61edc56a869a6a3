import { createHash, randomUUID } from 'node:crypto'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { contentTypeOf, type SkillFile } from '#domain/skill.ts'
import type { CatalogDb } from './database.ts'

/** A file whose content is given, or is here already under its hash (base64 of SHA-256). */
export type NewSkillFile = { readonly path: string } & ({ readonly content: string } | { readonly sha256: string })

interface Files {
  readonly project: ProjectId
  readonly files: readonly NewSkillFile[]
  readonly at: number
}

/**
 * Stores the contents that are new to the project; equal ones are kept once.
 * @throws AppError `bad_request` for a hash of which the project has no content
 */
export async function storeFiles(db: CatalogDb, { project, files, at }: Files): Promise<SkillFile[]> {
  const stored: SkillFile[] = []
  for (const file of files) {
    const sha256 = 'content' in file ? hashOf(file.content) : file.sha256
    if ('content' in file)
      await insertContent(db, { project_id: project, sha256, content: file.content, created_at: at })
    const own = db.selectFrom('skill_files').select(['id', 'content']).where('project_id', '=', project)
    const row = await own.where('sha256', '=', sha256).executeTakeFirst()
    if (!row)
      throw new AppError('bad_request', `${file.path}: this project has no content with the hash ${sha256}; send it`)
    stored.push({
      id: randomUUID(),
      path: file.path,
      sha256,
      contentId: row.id,
      contentType: contentTypeOf(file.path),
      contentLength: Buffer.byteLength(row.content),
    })
  }
  return stored
}

const hashOf = (content: string): string => createHash('sha256').update(content, 'utf8').digest('base64')

async function insertContent(
  db: CatalogDb,
  row: {
    readonly project_id: ProjectId
    readonly sha256: string
    readonly content: string
    readonly created_at: number
  },
): Promise<void> {
  const insert = db.insertInto('skill_files').values({ ...row, id: randomUUID() })
  await insert.onConflict((conflict) => conflict.columns(['project_id', 'sha256']).doNothing()).execute()
}
