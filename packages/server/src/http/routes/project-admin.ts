import { CreateProjectBody, ProjectDeletedDto, ProjectDto, ProjectParams, UpdateProjectBody } from '@xtrace/contract'
import type { Keys } from '#catalog/keys.ts'
import type { Projects } from '#catalog/projects.ts'
import { AppError } from '#domain/errors.ts'
import { toProjectDto } from '#http/dto/project-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { ownedProject } from '#http/owned-project.ts'
import { organizationRoute, type Route } from '#http/route.ts'

export interface ProjectAdminDeps {
  readonly projects: Pick<Projects, 'create' | 'update' | 'delete' | 'findOwned'>
  readonly keys: Pick<Keys, 'revokeAll'>
  /** Projects that the settings name: they would be there again after the next start. */
  readonly configuredProjects: ReadonlySet<string>
}

/** An organization makes, changes and deletes its projects (public-api contract §18). */
export function projectAdminRoutes(deps: ProjectAdminDeps): Route[] {
  return [createRoute(deps), updateRoute(deps), deleteRoute(deps)]
}

function createRoute({ projects }: ProjectAdminDeps): Route {
  return organizationRoute({
    method: 'POST',
    path: '/api/public/projects',
    errors: 'projects',
    doc: {
      operationId: 'projects_create',
      tag: 'Projects',
      summary: 'Make a project in the organization',
      body: CreateProjectBody,
      responses: { 201: ProjectDto },
      failures: ['conflict'],
    },
    handle: async (request) => {
      const { name, metadata, retention } = CreateProjectBody.parse(await jsonBody(request))
      const fields = { name, metadata: metadata ?? undefined, retentionDays: retention }
      return { status: 201, body: toProjectDto(await projects.create(request.organizationId, fields)) }
    },
  })
}

function updateRoute({ projects }: ProjectAdminDeps): Route {
  return organizationRoute({
    method: 'PUT',
    path: '/api/public/projects/:projectId',
    errors: 'projects',
    params: ProjectParams,
    doc: {
      operationId: 'projects_update',
      tag: 'Projects',
      summary: 'Change the name, metadata and retention of a project',
      body: UpdateProjectBody,
      responses: { 200: ProjectDto },
      failures: ['conflict'],
    },
    handle: async (request) => {
      const project = await ownedProject(projects, request.organizationId, request.params.projectId)
      const { name, metadata, retention } = UpdateProjectBody.parse(await jsonBody(request))
      const fields = { name, metadata: metadata ?? undefined, retentionDays: retention ?? undefined }
      return { body: toProjectDto(await projects.update(project, fields)) }
    },
  })
}

function deleteRoute({ projects, keys, configuredProjects }: ProjectAdminDeps): Route {
  return organizationRoute({
    method: 'DELETE',
    path: '/api/public/projects/:projectId',
    errors: 'projects',
    params: ProjectParams,
    doc: {
      operationId: 'projects_delete',
      tag: 'Projects',
      summary: 'Delete a project, its keys and what it holds',
      failures: ['bad_request'],
      responses: { 202: ProjectDeletedDto },
    },
    handle: async ({ organizationId, params }) => {
      const project = await ownedProject(projects, organizationId, params.projectId)
      if (configuredProjects.has(project.id))
        throw new AppError('bad_request', `Project ${project.id} is named by the settings; take it out of them first`)
      // The keys first, and by their own store, which tells those who remember them.
      await keys.revokeAll(project.id)
      await projects.delete(project)
      const message = 'The project and its keys are deleted; what it recorded can not be read any more.'
      return { status: 202, body: { success: true, message } satisfies ProjectDeletedDto }
    },
  })
}
