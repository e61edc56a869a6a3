import type { SkillVersionDto } from '@xtrace/contract'
import type { SkillVersion } from '#domain/skill.ts'
import { isoFromMs } from './page-dto.ts'

/** Public-api contract §26.3; keys make skills, not users. */
export function toSkillVersionDto(skill: SkillVersion): SkillVersionDto {
  const { id, projectId, name, description, frontmatter, version, commitMessage = null } = skill
  return {
    ...{ id, projectId, name, description, frontmatter, version, commitMessage, createdBy: 'API' },
    createdAt: isoFromMs(skill.createdAt),
    updatedAt: isoFromMs(skill.updatedAt),
    tags: [...skill.tags],
    labels: [...skill.labels],
    files: skill.files.map(({ sha256, contentId, ...file }) => ({ ...file, blobId: contentId, sha256Hash: sha256 })),
  }
}
