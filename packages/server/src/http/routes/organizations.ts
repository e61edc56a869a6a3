import { OrganizationKeysDto, OrganizationProjectsDto } from '@xtrace/contract'
import type { OrganizationKeys } from '#catalog/organization-keys.ts'
import type { Projects } from '#catalog/projects.ts'
import { isoFromMs } from '#http/dto/page-dto.ts'
import { toApiKeyDto } from '#http/dto/project-dto.ts'
import { organizationRoute, type Route } from '#http/route.ts'

export interface OrganizationDeps {
  readonly projects: Pick<Projects, 'ofOrganization'>
  readonly organizationKeys: Pick<OrganizationKeys, 'list'>
}

/** What an organization has (public-api contract §19). */
export function organizationRoutes({ projects, organizationKeys }: OrganizationDeps): Route[] {
  return [
    organizationRoute({
      method: 'GET',
      path: '/api/public/organizations/projects',
      errors: 'organizations',
      doc: {
        operationId: 'organizations_getOrganizationProjects',
        tag: 'Organizations',
        summary: 'List the projects of the organization',
        responses: { 200: OrganizationProjectsDto },
      },
      handle: async ({ organizationId }) => {
        const own = await projects.ofOrganization(organizationId)
        const body: OrganizationProjectsDto = {
          projects: own.map(({ id, name, metadata, createdAt, updatedAt }) => ({
            ...{ id, name, metadata },
            ...{ createdAt: isoFromMs(createdAt), updatedAt: isoFromMs(updatedAt) },
          })),
        }
        return { body }
      },
    }),
    organizationRoute({
      method: 'GET',
      path: '/api/public/organizations/apiKeys',
      errors: 'organizations',
      doc: {
        operationId: 'organizations_getOrganizationApiKeys',
        tag: 'Organizations',
        summary: 'List the keys of the organization',
        responses: { 200: OrganizationKeysDto },
      },
      handle: async ({ organizationId }) => {
        const apiKeys = (await organizationKeys.list(organizationId)).map(toApiKeyDto)
        return { body: { apiKeys } satisfies OrganizationKeysDto }
      },
    }),
  ]
}
