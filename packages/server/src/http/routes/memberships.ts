import {
  MEMBERSHIP_ROLES,
  MembershipDto,
  MembershipRemovedDto,
  MembershipsDto,
  ProjectParams,
  RemoveMembershipBody,
  SetMembershipBody,
} from '@xtrace/contract'
import type { Member, Members, Role } from '#catalog/members.ts'
import type { ProjectMembers } from '#catalog/project-members.ts'
import type { Projects } from '#catalog/projects.ts'
import { AppError } from '#domain/errors.ts'
import { jsonBody } from '#http/json-body.ts'
import { ownedProject } from '#http/owned-project.ts'
import { type OrganizationRequest, organizationRoute, type Route } from '#http/route.ts'

export interface MembershipDeps {
  readonly members: Pick<Members, 'list' | 'set' | 'remove'>
  readonly projectMembers: Pick<ProjectMembers, 'list' | 'set' | 'remove'>
  readonly projects: Pick<Projects, 'findOwned'>
}

/** The members of one organization or project. */
interface Membership {
  list(): Promise<Member[]>
  set(userId: string, role: Role): Promise<Member>
  remove(userId: string): Promise<boolean>
}

/** Who belongs to the organization, and who has a role in a project of it (public-api contract §19). */
export function membershipRoutes({ members, projectMembers, projects }: MembershipDeps): Route[] {
  return [
    ...routesOf(
      { path: '/api/public/organizations/memberships', noun: 'Organization' },
      async ({ organizationId }) => ({
        list: () => members.list(organizationId),
        set: (userId, role) => members.set(organizationId, userId, role),
        remove: (userId) => members.remove(organizationId, userId),
      }),
    ),
    ...routesOf({ path: '/api/public/projects/:projectId/memberships', noun: 'Project' }, async (request) => {
      const { projectId } = ProjectParams.parse(request.params)
      const { id } = await ownedProject(projects, request.organizationId, projectId)
      return {
        list: () => projectMembers.list(id),
        set: (userId, role) => projectMembers.set(id, userId, role),
        remove: (userId) => projectMembers.remove(id, userId),
      }
    }),
  ]
}

interface Place {
  readonly path: string
  readonly noun: 'Organization' | 'Project'
}

type Find = (request: OrganizationRequest<unknown, unknown>) => Promise<Membership>

function routesOf({ path, noun }: Place, find: Find): Route[] {
  const common = { path, errors: 'organizations', tag: 'Organizations' } as const
  const of = `of the ${noun.toLowerCase()}`
  return [
    organizationRoute({
      ...common,
      method: 'GET',
      doc: {
        operationId: `organizations_get${noun}Memberships`,
        tag: common.tag,
        summary: `List the members ${of}`,
        responses: { 200: MembershipsDto },
      },
      handle: async (request) => {
        const all = await (await find(request)).list()
        return { body: { memberships: all.flatMap(toDtos) } satisfies MembershipsDto }
      },
    }),
    organizationRoute({
      ...common,
      method: 'PUT',
      doc: {
        operationId: `organizations_update${noun}Membership`,
        tag: common.tag,
        summary: `Make a user a member ${of}, or change their role`,
        body: SetMembershipBody,
        responses: { 200: MembershipDto },
        failures: ['not_found'],
      },
      handle: async (request) => {
        const membership = await find(request)
        const { userId, role } = SetMembershipBody.parse(await jsonBody(request))
        const { email, name } = await membership.set(userId, role)
        return { body: { userId, role, email, name } satisfies MembershipDto }
      },
    }),
    organizationRoute({
      ...common,
      method: 'DELETE',
      doc: {
        operationId: `organizations_delete${noun}Membership`,
        tag: common.tag,
        summary: `Take a user out ${of}`,
        body: RemoveMembershipBody,
        responses: { 200: MembershipRemovedDto },
        failures: ['not_found'],
      },
      handle: async (request) => {
        const membership = await find(request)
        const { userId } = RemoveMembershipBody.parse(await jsonBody(request))
        if (!(await membership.remove(userId))) throw new AppError('not_found', 'Membership not found')
        return { body: { message: 'Membership deleted successfully', userId } satisfies MembershipRemovedDto }
      },
    }),
  ]
}

/** Clients know no role NONE: who has none is a member for SCIM alone. */
function toDtos({ id, email, name, role }: Member): MembershipDto[] {
  const known = MEMBERSHIP_ROLES.find((word) => word === role)
  return known ? [{ userId: id, role: known, email, name }] : []
}
