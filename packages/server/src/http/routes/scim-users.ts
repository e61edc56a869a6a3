import {
  CreateScimUserBody,
  PatchScimUserBody,
  ReplaceScimUserBody,
  SCIM,
  ScimUserDto,
  ScimUserParams,
  ScimUsersDto,
  ScimUsersQuery,
} from '@xtrace/contract'
import type { Member, Members, Role } from '#catalog/members.ts'
import type { User, Users } from '#catalog/users.ts'
import { AppError } from '#domain/errors.ts'
import type { OrganizationId } from '#domain/ids.ts'
import { isoFromMs } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { organizationRoute, type Route } from '#http/route.ts'

export interface ScimUserDeps {
  readonly users: Users
  readonly members: Pick<Members, 'find' | 'set' | 'remove' | 'listFrom'>
}

const PATH = '/api/public/scim/Users'
const common = { errors: 'scim' } as const
const ONE = { ...common, path: `${PATH}/:userId`, params: ScimUserParams } as const

/** An identity provider keeps the members of an organization (public-api contract §19). */
export function scimUserRoutes(deps: ScimUserDeps): Route[] {
  return [listRoute(deps), createRoute(deps), getRoute(deps), replaceRoute(deps), patchRoute(deps), deleteRoute(deps)]
}

function listRoute({ members }: ScimUserDeps): Route {
  return organizationRoute({
    ...common,
    method: 'GET',
    path: PATH,
    query: ScimUsersQuery,
    doc: {
      operationId: 'scim_listUsers',
      tag: 'Scim',
      summary: 'SCIM: list the users of the organization',
      responses: { 200: ScimUsersDto },
    },
    handle: async ({ organizationId, query }) => {
      const { startIndex, count, filter: email } = query
      const { values, totalItems } = await members.listFrom(organizationId, {
        email,
        offset: startIndex - 1,
        limit: count,
      })
      const body: ScimUsersDto = {
        schemas: [SCIM.listResponse],
        totalResults: totalItems,
        startIndex,
        itemsPerPage: values.length,
        Resources: values.map((member) => toDto(member, member.role)),
      }
      return { body }
    },
  })
}

function createRoute({ users, members }: ScimUserDeps): Route {
  return organizationRoute({
    ...common,
    method: 'POST',
    path: PATH,
    doc: {
      operationId: 'scim_createUser',
      tag: 'Scim',
      summary: 'SCIM: make a user and a member of the organization',
      body: CreateScimUserBody,
      responses: { 201: ScimUserDto },
      failures: ['conflict'],
    },
    handle: async (request) => {
      const { userName, name, roles } = CreateScimUserBody.parse(await jsonBody(request))
      const user = await users.ensure({ email: userName, name: name?.formatted || userName })
      if (await members.find(request.organizationId, user.id))
        throw new AppError('conflict', 'User with this userName already exists in the organization')
      const member = await members.set(request.organizationId, user.id, roles?.[0] ?? 'NONE')
      return { status: 201, body: toDto(member, member.role) }
    },
  })
}

function getRoute(deps: ScimUserDeps): Route {
  return organizationRoute({
    ...ONE,
    method: 'GET',
    doc: { operationId: 'scim_getUser', tag: 'Scim', summary: 'SCIM: a user', responses: { 200: ScimUserDto } },
    handle: async ({ organizationId, params }) => {
      const member = await memberOf(deps, organizationId, params.userId)
      return { body: toDto(member, member.role) }
    },
  })
}

function replaceRoute(deps: ScimUserDeps): Route {
  return organizationRoute({
    ...ONE,
    method: 'PUT',
    doc: {
      operationId: 'scim_replaceUser',
      tag: 'Scim',
      summary: 'SCIM: make a user an active member with a role, or take them out',
      body: ReplaceScimUserBody,
      responses: { 200: ScimUserDto },
    },
    handle: async (request) => {
      const { userId } = request.params
      const body = ReplaceScimUserBody.parse(await jsonBody(request))
      const isActive = body.active ?? true
      return { body: await setActive(deps, request.organizationId, { userId, isActive, role: body.roles?.[0] }) }
    },
  })
}

function patchRoute(deps: ScimUserDeps): Route {
  return organizationRoute({
    ...ONE,
    method: 'PATCH',
    doc: {
      operationId: 'scim_updateUser',
      tag: 'Scim',
      summary: 'SCIM: make a user an active member, or take them out',
      body: PatchScimUserBody,
      responses: { 200: ScimUserDto },
    },
    handle: async (request) => {
      const { userId } = request.params
      const { Operations } = PatchScimUserBody.parse(await jsonBody(request))
      const isActive = Operations.at(-1)?.value.active ?? true
      return { body: await setActive(deps, request.organizationId, { userId, isActive, role: undefined }) }
    },
  })
}

function deleteRoute(deps: ScimUserDeps): Route {
  return organizationRoute({
    ...ONE,
    method: 'DELETE',
    doc: {
      operationId: 'scim_deleteUser',
      tag: 'Scim',
      summary: 'SCIM: take a user out of the organization; the user stays',
      responses: { 204: undefined },
    },
    handle: async ({ organizationId, params }) => {
      await memberOf(deps, organizationId, params.userId)
      await deps.members.remove(organizationId, params.userId)
      return { status: 204 }
    },
  })
}

interface Activity {
  readonly userId: string
  readonly isActive: boolean
  /** The role to have; the present one, or none, when undefined. */
  readonly role: Role | undefined
}

async function setActive(deps: ScimUserDeps, organization: OrganizationId, activity: Activity): Promise<ScimUserDto> {
  const { userId, isActive, role } = activity
  const user = await deps.users.byId(userId)
  if (!user) throw new AppError('not_found', 'User not found')
  if (!isActive) {
    await deps.members.remove(organization, userId)
    return toDto(user, undefined)
  }
  const present = await deps.members.find(organization, userId)
  const member = present && role === undefined ? present : await deps.members.set(organization, userId, role ?? 'NONE')
  return toDto(member, member.role)
}

async function memberOf(
  { users, members }: ScimUserDeps,
  organization: OrganizationId,
  userId: string,
): Promise<Member> {
  const member = await members.find(organization, userId)
  if (member) return member
  const isKnown = (await users.byId(userId)) !== undefined
  throw new AppError('not_found', isKnown ? 'User not found in this organization' : 'User not found')
}

/** `role` is undefined for a user outside the organization. */
function toDto(user: User, role: Role | undefined): ScimUserDto {
  return {
    schemas: [SCIM.user],
    id: user.id,
    userName: user.email,
    name: { formatted: user.name },
    emails: [{ primary: true, value: user.email, type: 'work' }],
    active: role !== undefined,
    roles: role === undefined ? [] : [role],
    meta: { resourceType: 'User', created: isoFromMs(user.createdAt), lastModified: isoFromMs(user.updatedAt) },
  }
}
