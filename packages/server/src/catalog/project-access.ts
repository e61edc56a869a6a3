import type { CatalogDb } from './database.ts'
import { type Role, RoleSchema } from './members.ts'
import { type Project, projectFromRow, selectProjects } from './projects.ts'

/** A project as one person may open it. */
export interface AccessibleProject {
  readonly project: Project
  readonly role: Exclude<Role, 'NONE'>
}

/**
 * Which projects a user may open. A role in the project comes before the role in its organization,
 * and `NONE` opens nothing.
 */
export interface ProjectAccess {
  /** Oldest first. */
  ofUser(userId: string): Promise<AccessibleProject[]>
  /** Undefined when there is no such project, or it is not for this user; `projectId` may come from a request. */
  find(userId: string, projectId: string): Promise<AccessibleProject | undefined>
}

export function createProjectAccess(db: CatalogDb): ProjectAccess {
  return {
    ofUser: async (userId) => {
      const rows = await selectRoles(db, userId).orderBy('projects.created_at').orderBy('projects.id').execute()
      return rows.flatMap((row) => fromRow(row) ?? [])
    },
    find: async (userId, projectId) => {
      const row = await selectRoles(db, userId).where('projects.id', '=', projectId).executeTakeFirst()
      return row && fromRow(row)
    },
  }
}

function selectRoles(db: CatalogDb, userId: string) {
  return selectProjects(db)
    .innerJoin('organization_memberships as member', (join) =>
      join.onRef('member.organization_id', '=', 'projects.organization_id').on('member.user_id', '=', userId),
    )
    .leftJoin('project_memberships as own', (join) =>
      join.onRef('own.project_id', '=', 'projects.id').on('own.user_id', '=', userId),
    )
    .select(['member.role as organization_role', 'own.role as project_role'])
}

type RoleRow = Awaited<ReturnType<ReturnType<typeof selectRoles>['execute']>>[number]

function fromRow(row: RoleRow): AccessibleProject | undefined {
  const role = RoleSchema.parse(row.project_role ?? row.organization_role)
  return role === 'NONE' ? undefined : { project: projectFromRow(row), role }
}
