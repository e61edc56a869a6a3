import type { Route } from '#http/route.ts'
import { type BlobStorageDeps, blobStorageRoutes } from './blob-storage.ts'
import { type MembershipDeps, membershipRoutes } from './memberships.ts'
import { type OrganizationDeps, organizationRoutes } from './organizations.ts'
import { type ProjectAdminDeps, projectAdminRoutes } from './project-admin.ts'
import { type ProjectKeyDeps, projectKeyRoutes } from './project-keys.ts'
import { scimRoutes } from './scim.ts'
import type { ScimUserDeps } from './scim-users.ts'

type AdministrationDeps = ProjectAdminDeps &
  ProjectKeyDeps &
  OrganizationDeps &
  MembershipDeps &
  ScimUserDeps &
  BlobStorageDeps

/** All that the key of an organization opens. */
export function administrationRoutes(deps: AdministrationDeps): Route[] {
  return [
    ...organizationRoutes(deps),
    ...projectAdminRoutes(deps),
    ...projectKeyRoutes(deps),
    ...membershipRoutes(deps),
    ...scimRoutes(deps),
    ...blobStorageRoutes(deps),
  ]
}
