import { randomUUID } from 'node:crypto'
import {
  ApiKeysDto,
  CreateApiKeyBody,
  NewApiKeyDto,
  ProjectKeyParams,
  ProjectParams,
  SucceededDto,
} from '@xtrace/contract'
import type { Keys } from '#catalog/keys.ts'
import type { Projects } from '#catalog/projects.ts'
import { AppError } from '#domain/errors.ts'
import { toApiKeyDto } from '#http/dto/project-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { ownedProject } from '#http/owned-project.ts'
import { organizationRoute, type Route } from '#http/route.ts'

export interface ProjectKeyDeps {
  readonly projects: Pick<Projects, 'findOwned'>
  readonly keys: Pick<Keys, 'list' | 'create' | 'revoke'>
}

const PATH = '/api/public/projects/:projectId/apiKeys'

/** An organization makes and revokes the keys of its projects (public-api contract §18, §26.1). */
export function projectKeyRoutes(deps: ProjectKeyDeps): Route[] {
  return [listRoute(deps), createRoute(deps), revokeRoute(deps)]
}

function listRoute({ projects, keys }: ProjectKeyDeps): Route {
  return organizationRoute({
    method: 'GET',
    path: PATH,
    errors: 'projects',
    params: ProjectParams,
    doc: {
      operationId: 'projects_getApiKeys',
      tag: 'Projects',
      summary: 'List the keys of a project',
      responses: { 200: ApiKeysDto },
    },
    handle: async ({ organizationId, params }) => {
      const project = await ownedProject(projects, organizationId, params.projectId)
      return { body: { apiKeys: (await keys.list(project.id)).map(toApiKeyDto) } satisfies ApiKeysDto }
    },
  })
}

function createRoute({ projects, keys }: ProjectKeyDeps): Route {
  return organizationRoute({
    method: 'POST',
    path: PATH,
    errors: 'projects',
    params: ProjectParams,
    doc: {
      operationId: 'projects_createApiKey',
      tag: 'Projects',
      summary: 'Make a key pair of a project; the answer alone holds the secret',
      body: CreateApiKeyBody,
      responses: { 201: NewApiKeyDto },
      failures: ['conflict'],
    },
    handle: async (request) => {
      const project = await ownedProject(projects, request.organizationId, request.params.projectId)
      const body = CreateApiKeyBody.parse(await jsonBody(request))
      const pair = {
        publicKey: body.publicKey ?? `pk-lf-${randomUUID()}`,
        secretKey: body.secretKey ?? `sk-lf-${randomUUID()}`,
      }
      const note = body.name ?? body.note ?? undefined
      const key = await keys.create(project.id, { ...pair, note, expiresAt: expiryOf(body, request.receivedAt) })
      const { lastUsedAt: _, ...row } = toApiKeyDto(key)
      return { status: 201, body: { ...row, secretKey: pair.secretKey } satisfies NewApiKeyDto }
    },
  })
}

function expiryOf({ expiresAt }: CreateApiKeyBody, now: number): number | undefined {
  if (expiresAt == null) return undefined
  const expiry = Date.parse(expiresAt)
  if (expiry <= now) throw new AppError('bad_request', `expiresAt must be in the future, not ${expiresAt}`)
  return expiry
}

function revokeRoute({ projects, keys }: ProjectKeyDeps): Route {
  return organizationRoute({
    method: 'DELETE',
    path: `${PATH}/:apiKeyId`,
    errors: 'projects',
    params: ProjectKeyParams,
    doc: {
      operationId: 'projects_deleteApiKey',
      tag: 'Projects',
      summary: 'Revoke a key; it stops working at once',
      responses: { 200: SucceededDto },
    },
    handle: async ({ organizationId, params }) => {
      const project = await ownedProject(projects, organizationId, params.projectId)
      if (!(await keys.revoke(project.id, params.apiKeyId))) throw new AppError('not_found', 'API key not found')
      return { body: { success: true } satisfies SucceededDto }
    },
  })
}
