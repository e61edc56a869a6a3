import { z } from 'zod'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { SkillVersion } from '#domain/skill.ts'
import type { CatalogDb } from './database.ts'

/** The versions of a project's skills, with the tags that they share. */
export function selectSkillVersions(db: CatalogDb, project: ProjectId) {
  return db
    .selectFrom('skill_versions')
    .innerJoin('skills', (join) =>
      join
        .onRef('skills.project_id', '=', 'skill_versions.project_id')
        .onRef('skills.name', '=', 'skill_versions.name'),
    )
    .selectAll('skill_versions')
    .select('skills.tags')
    .where('skill_versions.project_id', '=', project)
}

type SkillRow = Awaited<ReturnType<ReturnType<typeof selectSkillVersions>['execute']>>[number]

const Texts = z.array(z.string())

/** What `files` holds. */
const SkillFiles = z.array(
  z.object({
    id: z.string(),
    path: z.string(),
    sha256: z.string(),
    contentId: z.string(),
    contentType: z.string(),
    contentLength: z.number(),
  }),
)

export function fromSkillRow(row: SkillRow): SkillVersion {
  const frontmatter: unknown = JSON.parse(row.frontmatter)
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    name: row.name,
    version: row.version,
    description: row.description,
    frontmatter,
    tags: Texts.parse(JSON.parse(row.tags)),
    labels: Texts.parse(JSON.parse(row.labels)),
    commitMessage: row.commit_message ?? undefined,
    files: SkillFiles.parse(JSON.parse(row.files)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
