import {
  type UiDoneDto,
  type UiMemberAddedDto,
  UiMemberParams,
  UiMemberRoleBody,
  type UiMembersDto,
  UiNewMemberBody,
} from '@xtrace/contract'
import { hashPassword } from '#auth/password.ts'
import type { Member, Members, Role } from '#catalog/members.ts'
import type { ProjectMembers } from '#catalog/project-members.ts'
import type { Projects } from '#catalog/projects.ts'
import type { Users } from '#catalog/users.ts'
import { AppError } from '#domain/errors.ts'
import { type OrganizationId, organizationId } from '#domain/ids.ts'
import { jsonBody } from '#http/json-body.ts'
import type { Route } from '#http/route.ts'
import { type UiProjectRequest, uiRoute } from '#http/ui-route.ts'
import type { Logger } from '#telemetry/logger.ts'
import { auditOf } from './audit.ts'

export interface UiMemberDeps {
  readonly projects: Pick<Projects, 'byId'>
  readonly members: Pick<Members, 'list' | 'find' | 'set' | 'remove'>
  readonly projectMembers: Pick<ProjectMembers, 'list'>
  readonly users: Pick<Users, 'ensure' | 'findForSignIn' | 'setPassword'>
  readonly logger: Logger
}

const PATH = '/members'

/** Who belongs to the organization of a project. Its owners and administrators change that; only owners make owners. */
export function uiMemberRoutes(deps: UiMemberDeps): Route[] {
  return [listRoute(deps), addRoute(deps), roleRoute(deps), removeRoute(deps)]
}

type AnyRequest = UiProjectRequest<unknown, unknown>

interface Standing {
  readonly organization: OrganizationId
  /** In the organization; undefined for somebody of one of its projects alone. */
  readonly role: Role | undefined
}

async function standingOf(
  { projects, members }: UiMemberDeps,
  { caller, session }: Pick<AnyRequest, 'caller' | 'session'>,
): Promise<Standing> {
  const project = await projects.byId(caller.projectId)
  if (!project) throw new AppError('not_found', 'The project is gone')
  const organization = organizationId(project.organization.id)
  const role = session.user ? (await members.find(organization, session.user.id))?.role : 'OWNER'
  return { organization, role }
}

const mayChange = ({ role }: Standing) => role === 'OWNER' || role === 'ADMIN'

/** @throws AppError `forbidden` unless the caller may do this to a member who has, or is to have, these roles */
async function requireStanding(
  deps: UiMemberDeps,
  request: Pick<AnyRequest, 'caller' | 'session'>,
  roles: readonly (Role | undefined)[],
): Promise<Standing> {
  const standing = await standingOf(deps, request)
  if (!mayChange(standing)) throw new AppError('forbidden', 'Only owners and administrators of the organization may')
  if (roles.includes('OWNER') && standing.role !== 'OWNER')
    throw new AppError('forbidden', 'Only owners of the organization may make, change or remove owners')
  return standing
}

function listRoute(deps: UiMemberDeps): Route {
  return uiRoute({
    method: 'GET',
    path: PATH,
    summary: 'The members of the organization, and their roles',
    handle: async (request) => {
      const standing = await standingOf(deps, request)
      const own = new Map((await deps.projectMembers.list(request.caller.projectId)).map(({ id, role }) => [id, role]))
      const all = await deps.members.list(standing.organization)
      const body: UiMembersDto = {
        members: all.map((member) => ({ ...toDto(member), projectRole: own.get(member.id) ?? null })),
        canChange: mayChange(standing),
      }
      return { body }
    },
  })
}

const toDto = ({ id, email, name, role }: Member) => ({ userId: id, email, name, role })

function addRoute(deps: UiMemberDeps): Route {
  return uiRoute({
    method: 'POST',
    path: PATH,
    summary: 'Make somebody a member of the organization',
    minRole: 'VIEWER',
    handle: async (request) => {
      const { email, name, role, password } = UiNewMemberBody.parse(await jsonBody(request))
      const { organization } = await requireStanding(deps, request, [role])
      const existing = (await deps.users.findForSignIn(email))?.user
      if (existing && (await deps.members.find(organization, existing.id)))
        throw new AppError('conflict', `${email} is a member already`)
      const user = await deps.users.ensure({ email, name: name || email })
      // Somebody who exists may belong to others too: their password is not for us to set.
      if (!existing && password !== undefined) await deps.users.setPassword(user.id, await hashPassword(password))
      await deps.members.set(organization, user.id, role)
      deps.logger.info({ ...auditOf(request, 'member_added'), memberId: user.id, role }, 'Added a member')
      return { status: 201, body: { userId: user.id, isNew: !existing } satisfies UiMemberAddedDto }
    },
  })
}

function roleRoute(deps: UiMemberDeps): Route {
  return uiRoute({
    method: 'PUT',
    path: `${PATH}/:userId`,
    summary: 'Give a member another role',
    minRole: 'VIEWER',
    params: UiMemberParams,
    handle: async (request) => {
      const { role } = UiMemberRoleBody.parse(await jsonBody(request))
      const { userId } = request.params
      const { organization, member } = await requireMember(deps, request)
      await requireStanding(deps, request, [role, member.role])
      await deps.members.set(organization, userId, role)
      deps.logger.info({ ...auditOf(request, 'member_changed'), memberId: userId, role }, 'Changed a role')
      return { body: { done: true } satisfies UiDoneDto }
    },
  })
}

function removeRoute(deps: UiMemberDeps): Route {
  return uiRoute({
    method: 'DELETE',
    path: `${PATH}/:userId`,
    summary: 'Take somebody out of the organization and its projects',
    minRole: 'VIEWER',
    params: UiMemberParams,
    handle: async (request) => {
      const { userId } = request.params
      const { organization, member } = await requireMember(deps, request)
      await requireStanding(deps, request, [member.role])
      await deps.members.remove(organization, userId)
      deps.logger.info({ ...auditOf(request, 'member_removed'), memberId: userId }, 'Removed a member')
      return { body: { done: true } satisfies UiDoneDto }
    },
  })
}

async function requireMember(
  deps: UiMemberDeps,
  request: Pick<UiProjectRequest<unknown, { readonly userId: string }>, 'caller' | 'session' | 'params'>,
): Promise<{ organization: OrganizationId; member: Member }> {
  const { organization } = await requireStanding(deps, request, [])
  const member = await deps.members.find(organization, request.params.userId)
  if (!member) throw new AppError('not_found', 'There is no such member')
  return { organization, member }
}
