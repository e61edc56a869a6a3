import {
  type UiDoneDto,
  UiNewProjectBody,
  type UiNewProjectDto,
  type UiProjectSettingsDto,
  UiUpdateProjectBody,
} from '@xtrace/contract'
import type { Members } from '#catalog/members.ts'
import type { Projects } from '#catalog/projects.ts'
import { AppError } from '#domain/errors.ts'
import { organizationId } from '#domain/ids.ts'
import { jsonBody } from '#http/json-body.ts'
import type { Route } from '#http/route.ts'
import { uiGlobalRoute, uiRoute } from '#http/ui-route.ts'
import type { Logger } from '#telemetry/logger.ts'
import { auditOf } from './audit.ts'

export interface ProjectSettingsDeps {
  readonly projects: Pick<Projects, 'byId' | 'update' | 'create'>
  readonly members: Pick<Members, 'find'>
  /** The organization that the settings name, which the token stands for an owner of. */
  readonly organizationId: string
  /** Of the server's settings, for every project. */
  readonly retention: { readonly maxAgeDays: number | undefined; readonly maxProjectBytes: number | undefined }
  readonly logger: Logger
}

/** Name and retention of a project, and new projects. */
export function projectSettingsRoutes(deps: ProjectSettingsDeps): Route[] {
  return [readRoute(deps), updateRoute(deps), createRoute(deps)]
}

async function projectOf({ projects }: ProjectSettingsDeps, id: Parameters<Projects['byId']>[0]) {
  const project = await projects.byId(id)
  if (!project) throw new AppError('not_found', 'The project is gone')
  return project
}

function readRoute(deps: ProjectSettingsDeps): Route {
  return uiRoute({
    method: 'GET',
    path: '/settings',
    summary: 'Name and retention of the project',
    handle: async ({ caller }) => {
      const { name, retentionDays } = await projectOf(deps, caller.projectId)
      const { maxAgeDays, maxProjectBytes } = deps.retention
      const server = { retentionDays: maxAgeDays ?? null, maxBytes: maxProjectBytes ?? null }
      return { body: { name, retentionDays: retentionDays ?? null, server } satisfies UiProjectSettingsDto }
    },
  })
}

function updateRoute(deps: ProjectSettingsDeps): Route {
  return uiRoute({
    method: 'PUT',
    path: '/settings',
    summary: 'Change name and retention of the project',
    minRole: 'ADMIN',
    handle: async (request) => {
      const { name, retentionDays } = UiUpdateProjectBody.parse(await jsonBody(request))
      await deps.projects.update(await projectOf(deps, request.caller.projectId), { name, retentionDays })
      deps.logger.info({ ...auditOf(request, 'project_changed'), name, retentionDays }, 'Changed a project')
      return { body: { done: true } satisfies UiDoneDto }
    },
  })
}

function createRoute(deps: ProjectSettingsDeps): Route {
  return uiGlobalRoute({
    method: 'POST',
    path: '/projects',
    summary: 'Make a project in an organization',
    handle: async (request) => {
      const body = UiNewProjectBody.parse(await jsonBody(request))
      const organization = organizationId(body.organizationId)
      const { user } = request.session
      const ofToken = body.organizationId === deps.organizationId ? 'OWNER' : undefined
      const role = user ? (await deps.members.find(organization, user.id))?.role : ofToken
      if (role !== 'OWNER' && role !== 'ADMIN')
        throw new AppError('forbidden', 'Only owners and administrators of the organization make projects')
      const { id, name } = await deps.projects.create(organization, { name: body.name })
      deps.logger.info({ ...auditOf(request, 'project_created'), createdId: id, name }, 'Made a project')
      return { status: 201, body: { id, name } satisfies UiNewProjectDto }
    },
  })
}
