import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type OrganizationId, type ProjectId, projectId } from '#domain/ids.ts'
import { type Sealed, sealedText } from '#lib/sealer.ts'
import type { CatalogDb, CatalogTables } from './database.ts'

/** Where a project's records are to be exported. */
export interface BlobStorage {
  readonly id: string
  readonly projectId: ProjectId
  /** JSON; its shape is whoever put it's. */
  readonly settings: unknown
  readonly sealedSecret: Sealed | undefined
  /** Milliseconds since the epoch, as is the next. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** At most one a project. */
export interface BlobStorages {
  ofProject(projectId: ProjectId): Promise<BlobStorage | undefined>
  /** Of all projects of the organization, newest first. */
  list(organizationId: OrganizationId): Promise<BlobStorage[]>
  find(organizationId: OrganizationId, id: string): Promise<BlobStorage | undefined>
  /** Makes or replaces the project's; a secret that is not given stays as it was. */
  put(
    projectId: ProjectId,
    content: { readonly settings: object; readonly sealedSecret?: Sealed | undefined },
  ): Promise<BlobStorage>
  /** False when the organization has no such integration. */
  delete(organizationId: OrganizationId, id: string): Promise<boolean>
}

export function createBlobStorages(db: CatalogDb, now: () => number): BlobStorages {
  const all = () => db.selectFrom('blob_storage_integrations').selectAll()
  const projectsOf = (organization: OrganizationId) =>
    db.selectFrom('projects').select('id').where('organization_id', '=', organization)
  return {
    ofProject: async (project) => {
      const row = await all().where('project_id', '=', project).executeTakeFirst()
      return row && fromRow(row)
    },
    list: async (organization) => {
      const own = all().where('project_id', 'in', projectsOf(organization))
      return (await own.orderBy('created_at', 'desc').orderBy('id').execute()).map(fromRow)
    },
    find: async (organization, id) => {
      const own = all().where('project_id', 'in', projectsOf(organization))
      const row = await own.where('id', '=', id).executeTakeFirst()
      return row && fromRow(row)
    },
    put: async (project, { settings, sealedSecret }) => {
      const at = now()
      const changed = {
        settings: JSON.stringify(settings),
        updated_at: at,
        ...(sealedSecret !== undefined && { sealed_secret: sealedSecret }),
      }
      await db
        .insertInto('blob_storage_integrations')
        .values({ id: randomUUID(), project_id: project, sealed_secret: null, created_at: at, ...changed })
        .onConflict((conflict) => conflict.column('project_id').doUpdateSet(changed))
        .execute()
      return fromRow(await all().where('project_id', '=', project).executeTakeFirstOrThrow())
    },
    delete: async (organization, id) => {
      const own = db.deleteFrom('blob_storage_integrations').where('project_id', 'in', projectsOf(organization))
      return (await own.where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

function fromRow(row: Selectable<CatalogTables['blob_storage_integrations']>): BlobStorage {
  const settings: unknown = JSON.parse(row.settings)
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    settings,
    sealedSecret: row.sealed_secret === null ? undefined : sealedText(row.sealed_secret),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
