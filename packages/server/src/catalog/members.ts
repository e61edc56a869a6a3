import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import type { OrganizationId } from '#domain/ids.ts'
import type { CatalogDb } from './database.ts'
import { changeInOrganization } from './locked-change.ts'
import { mapPage, type Page, type Slice, selectSlice } from './page.ts'
import { createUsers, fromUserRow, type User } from './users.ts'

export const RoleSchema = z.enum(['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'NONE'])
/** What a member may do in all projects; `NONE` leaves it to the projects. */
export type Role = z.output<typeof RoleSchema>

export interface Member extends User {
  readonly role: Role
}

/** Who belongs to an organization. */
export interface Members {
  /** Newest first. */
  list(organizationId: OrganizationId): Promise<Member[]>
  /** Newest first; with `email` only the one with this address, in any case. */
  listFrom(
    organizationId: OrganizationId,
    slice: Slice & { readonly email?: string | undefined },
  ): Promise<Page<Member>>
  find(organizationId: OrganizationId, userId: string): Promise<Member | undefined>
  /**
   * Makes the user a member with this role, or changes the role.
   * @throws AppError `not_found` for an unknown user, `forbidden` when no owner would be left
   */
  set(organizationId: OrganizationId, userId: string, role: Role): Promise<Member>
  /**
   * Takes the user out of the organization and of its projects; false when they are not in it.
   * @throws AppError `forbidden` for the last owner
   */
  remove(organizationId: OrganizationId, userId: string): Promise<boolean>
  /** Makes the user, and makes them an owner, unless they have a role already. */
  ensureOwner(organizationId: OrganizationId, user: Pick<User, 'email' | 'name'>): Promise<User>
}

export function createMembers(db: CatalogDb, now: () => number): Members {
  const find: Members['find'] = async (organization, userId) => {
    const row = await selectMembers(db, organization).where('users.id', '=', userId).executeTakeFirst()
    return row && fromMemberRow(row)
  }
  const set: Members['set'] = async (organization, userId, role) => {
    const user = await createUsers(db, now).byId(userId)
    if (!user) throw new AppError('not_found', 'User not found')
    await changeInOrganization(db, organization, async (transaction) => {
      if (role !== 'OWNER') await refuseLastOwner(transaction, organization, userId)
      const at = now()
      const row = { organization_id: organization, user_id: userId, role, created_at: at, updated_at: at }
      await transaction
        .insertInto('organization_memberships')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['organization_id', 'user_id']).doUpdateSet({ role, updated_at: at }),
        )
        .execute()
    })
    return { ...user, role }
  }
  return {
    find,
    set,
    list: async (organization) => (await selectMembers(db, organization).execute()).map(fromMemberRow),
    listFrom: async (organization, { email, ...slice }) => {
      const all = selectMembers(db, organization)
      const rows = email === undefined ? all : all.where('users.email', '=', email.toLowerCase())
      return mapPage(await selectSlice(rows, slice), fromMemberRow)
    },
    remove: (organization, userId) =>
      changeInOrganization(db, organization, async (transaction) => {
        await refuseLastOwner(transaction, organization, userId)
        return await deleteMember(transaction, organization, userId)
      }),
    ensureOwner: async (organization, wanted) => {
      const user = await createUsers(db, now).ensure(wanted)
      if (!(await find(organization, user.id))) await set(organization, user.id, 'OWNER')
      return user
    },
  }
}

function selectMembers(db: CatalogDb, organization: OrganizationId) {
  return db
    .selectFrom('organization_memberships')
    .innerJoin('users', 'users.id', 'organization_memberships.user_id')
    .select(['users.id', 'users.email', 'users.name', 'users.created_at', 'users.updated_at'])
    .select('organization_memberships.role')
    .where('organization_memberships.organization_id', '=', organization)
    .orderBy('organization_memberships.created_at', 'desc')
    .orderBy('users.id')
}

/** A row of users with a role, as the member it is about. */
export function fromMemberRow(row: Parameters<typeof fromUserRow>[0] & { readonly role: string }): Member {
  return { ...fromUserRow(row), role: RoleSchema.parse(row.role) }
}

/** Under the organization's lock, so that two owners can't remove each other. */
async function refuseLastOwner(db: CatalogDb, organization: OrganizationId, userId: string): Promise<void> {
  const owners = await db
    .selectFrom('organization_memberships')
    .select('user_id')
    .where('organization_id', '=', organization)
    .where('role', '=', 'OWNER')
    .execute()
  if (owners.length === 1 && owners[0]?.user_id === userId)
    throw new AppError('forbidden', 'The last owner of an organization can not be removed or given another role')
}

async function deleteMember(db: CatalogDb, organization: OrganizationId, userId: string): Promise<boolean> {
  const projects = db.selectFrom('projects').select('id').where('organization_id', '=', organization)
  await db.deleteFrom('project_memberships').where('user_id', '=', userId).where('project_id', 'in', projects).execute()
  const own = db.deleteFrom('organization_memberships').where('organization_id', '=', organization)
  return (await own.where('user_id', '=', userId).executeTakeFirst()).numDeletedRows > 0n
}
