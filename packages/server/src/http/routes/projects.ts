import { ProjectsDto } from '@xtrace/contract'
import type { Projects } from '#catalog/projects.ts'
import { AppError } from '#domain/errors.ts'
import { toProjectDto } from '#http/dto/project-dto.ts'
import { type Route, route } from '#http/route.ts'

export interface ProjectsDeps {
  readonly projects: Pick<Projects, 'byId'>
}

/** GET /api/public/projects, by which SDKs check their keys: exactly the caller's project (public-api contract §18). */
export function projectRoutes({ projects }: ProjectsDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/public/projects',
      access: 'project',
      errors: 'projects',
      isUnlimited: true,
      doc: {
        operationId: 'projects_get',
        tag: 'Projects',
        summary: 'The project that the key belongs to',
        responses: { 200: ProjectsDto },
      },
      handle: async ({ caller }) => {
        const project = await projects.byId(caller.projectId)
        if (!project) throw new AppError('not_found', 'Project not found')
        return { body: { data: [toProjectDto(project)] } satisfies ProjectsDto }
      },
    }),
  ]
}
