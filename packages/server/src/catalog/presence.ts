import type { ProjectId } from '#domain/ids.ts'
import type { CatalogDb } from './database.ts'

/** Whether what a request names is there for its project. */
export interface Presence {
  /** A version of a prompt, by its id. */
  hasPrompt(projectId: ProjectId, id: string): Promise<boolean>
  /** A user who is a member of the project's organization. */
  hasUser(projectId: ProjectId, userId: string): Promise<boolean>
}

export function createPresence(db: CatalogDb): Presence {
  return {
    hasPrompt: async (project, id) => {
      const versions = db.selectFrom('prompt_versions').innerJoin('prompts', 'prompts.id', 'prompt_versions.prompt_id')
      const own = versions.where('prompts.project_id', '=', project).where('prompt_versions.id', '=', id)
      return (await own.select('prompt_versions.id').executeTakeFirst()) !== undefined
    },
    hasUser: async (project, userId) => {
      const members = db
        .selectFrom('organization_memberships as member')
        .innerJoin('projects', 'projects.organization_id', 'member.organization_id')
      const own = members.where('projects.id', '=', project).where('member.user_id', '=', userId)
      return (await own.select('member.user_id').executeTakeFirst()) !== undefined
    },
  }
}
