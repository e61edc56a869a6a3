import { hashPassword, verifyPassword } from '#auth/password.ts'
import type { Catalog } from '#catalog/catalog.ts'
import { type OrganizationId, organizationId, type ProjectId, projectId } from '#domain/ids.ts'
import type { AppOptions } from './app-options.ts'

/** Makes the projects, keys and owner that the settings name; gives the default project. */
export async function ensureProjects(catalog: Catalog, options: AppOptions): Promise<ProjectId> {
  await catalog.projects.ensure(options)
  await catalog.keys.ensure(projectId(options.project.id), options.keys)
  if (options.seed) {
    await catalog.projects.ensure(options.seed)
    if (options.seed.keys) await catalog.keys.ensure(projectId(options.seed.project.id), options.seed.keys)
  }
  await ensureAccess(catalog, options)
  return projectId(options.project.id)
}

async function ensureAccess(catalog: Catalog, { organization, organizationKeys, owner }: AppOptions): Promise<void> {
  const id = organizationId(organization.id)
  await catalog.organizationKeys.ensure(id, organizationKeys)
  if (owner) await ensureOwner(catalog, id, owner)
}

/** The settings have the last word on the owner's password: one that is new to us ends the sessions under the old one. */
async function ensureOwner(
  { members, users, browserSessions }: Catalog,
  organization: OrganizationId,
  owner: NonNullable<AppOptions['owner']>,
): Promise<void> {
  const { id } = await members.ensureOwner(organization, owner)
  if (owner.password === undefined) return
  const { passwordHash } = (await users.findForSignIn(owner.email)) ?? {}
  if (passwordHash && (await verifyPassword(owner.password, passwordHash))) return
  await users.setPassword(id, await hashPassword(owner.password))
  await browserSessions.closeAllOf(id)
}
