import { ScimResourceTypesDto, ScimSchemasDto, ScimServiceProviderConfigDto, type z } from '@xtrace/contract'
import { organizationRoute, type Route } from '#http/route.ts'
import { SCIM_RESOURCE_TYPES, SCIM_SCHEMAS, SCIM_SERVICE_PROVIDER } from '#http/scim-documents.ts'
import { type ScimUserDeps, scimUserRoutes } from './scim-users.ts'

/** SCIM 2.0: what the server supports, and users (public-api contract §19). */
export function scimRoutes(deps: ScimUserDeps): Route[] {
  return [
    documentRoute('ServiceProviderConfig', SCIM_SERVICE_PROVIDER, ScimServiceProviderConfigDto),
    documentRoute('ResourceTypes', SCIM_RESOURCE_TYPES, ScimResourceTypesDto),
    documentRoute('Schemas', SCIM_SCHEMAS, ScimSchemasDto),
    ...scimUserRoutes(deps),
  ]
}

function documentRoute<T extends object>(name: string, body: T, schema: z.ZodType<T>): Route {
  return organizationRoute({
    method: 'GET',
    path: `/api/public/scim/${name}`,
    errors: 'scim',
    doc: { operationId: `scim_get${name}`, tag: 'Scim', summary: `SCIM: ${name}`, responses: { 200: schema } },
    handle: () => ({ body }),
  })
}
