import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { CatalogDb } from './database.ts'
import { fromMemberRow, type Member, type Role } from './members.ts'

/** Who has a role of their own in a project; only members of its organization can. */
export interface ProjectMembers {
  /** Newest first. */
  list(projectId: ProjectId): Promise<Member[]>
  /** @throws AppError `not_found` for a user who is not in the project's organization */
  set(projectId: ProjectId, userId: string, role: Role): Promise<Member>
  /** False when the user has no role in the project. */
  remove(projectId: ProjectId, userId: string): Promise<boolean>
}

export function createProjectMembers(db: CatalogDb, now: () => number): ProjectMembers {
  return {
    list: async (project) => (await selectMembers(db, project).execute()).map(fromMemberRow),
    set: async (project, userId, role) => {
      await refuseStranger(db, project, userId)
      const at = now()
      await db
        .insertInto('project_memberships')
        .values({ project_id: project, user_id: userId, role, created_at: at, updated_at: at })
        .onConflict((conflict) => conflict.columns(['project_id', 'user_id']).doUpdateSet({ role, updated_at: at }))
        .execute()
      const row = await selectMembers(db, project).where('users.id', '=', userId).executeTakeFirstOrThrow()
      return fromMemberRow(row)
    },
    remove: async (project, userId) => {
      const own = db.deleteFrom('project_memberships').where('project_id', '=', project)
      return (await own.where('user_id', '=', userId).executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

async function refuseStranger(db: CatalogDb, project: ProjectId, userId: string): Promise<void> {
  const member = await db
    .selectFrom('organization_memberships as member')
    .innerJoin('projects', 'projects.organization_id', 'member.organization_id')
    .select('member.user_id')
    .where('projects.id', '=', project)
    .where('member.user_id', '=', userId)
    .executeTakeFirst()
  if (!member) throw new AppError('not_found', 'User not found, or not a member of the organization of this project')
}

function selectMembers(db: CatalogDb, project: ProjectId) {
  return db
    .selectFrom('project_memberships')
    .innerJoin('users', 'users.id', 'project_memberships.user_id')
    .select(['users.id', 'users.email', 'users.name', 'users.created_at', 'users.updated_at'])
    .select('project_memberships.role')
    .where('project_memberships.project_id', '=', project)
    .orderBy('project_memberships.created_at', 'desc')
    .orderBy('users.id')
}
