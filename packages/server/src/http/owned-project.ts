import type { Project, Projects } from '#catalog/projects.ts'
import { AppError } from '#domain/errors.ts'
import type { OrganizationId } from '#domain/ids.ts'

/** The organization's project with this id. @throws AppError `not_found` for any other */
export async function ownedProject(
  projects: Pick<Projects, 'findOwned'>,
  organization: OrganizationId,
  id: string,
): Promise<Project> {
  const project = await projects.findOwned(organization, id)
  if (!project) throw new AppError('not_found', "Project not found or you don't have access to it")
  return project
}
