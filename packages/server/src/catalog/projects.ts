import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { type OrganizationId, organizationId, type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb } from './database.ts'
import { changeInOrganization } from './locked-change.ts'

/** A tenant: everything recorded belongs to exactly one (public-api contract §18). */
export interface Project {
  readonly id: ProjectId
  readonly name: string
  readonly organization: { readonly id: string; readonly name: string }
  readonly metadata: Readonly<Record<string, unknown>>
  readonly retentionDays: number | undefined
  /** Hosts whose pictures the web interface loads; those of all others it names. */
  readonly imageHosts: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

interface NewProject {
  readonly organization: { readonly id: string; readonly name: string }
  readonly project: { readonly id: string; readonly name: string }
}

/** What an organization decides of a project of its own. */
export interface ProjectFields {
  /** Unique in the organization. */
  readonly name: string
  /** `{}` for a new project, as it was for an old one, when absent. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** Days; 0 for ever; as it was when absent. */
  readonly retentionDays?: number | undefined
}

export interface Projects {
  byId(id: ProjectId): Promise<Project | undefined>
  /** All projects, oldest first. */
  list(): Promise<Project[]>
  /** Creates what is missing of the organization and the project; what exists keeps its name. */
  ensure(wanted: NewProject): Promise<Project>
  /** The projects of one organization, newest first. */
  ofOrganization(organizationId: OrganizationId): Promise<Project[]>
  /** The project with this id, if it is the organization's; `id` may come from a request. */
  findOwned(organizationId: OrganizationId, id: string): Promise<Project | undefined>
  /** @throws AppError `conflict` when the organization has a project of this name */
  create(organizationId: OrganizationId, fields: ProjectFields): Promise<Project>
  /** @throws AppError `conflict` when another project of the organization has this name */
  update(project: Project, fields: ProjectFields): Promise<Project>
  setImageHosts(id: ProjectId, hosts: readonly string[]): Promise<void>
  /** Takes away the project and all that the catalogue holds of it; what was recorded is unreadable at once and removed later. */
  delete(project: Project): Promise<void>
  /** The projects that were ever deleted: their records are to be removed wherever they are found. One may exist again. */
  listDeleted(): Promise<ProjectId[]>
}

export function createProjects(db: CatalogDb, now: () => number): Projects {
  const byId = async (id: string) => {
    const row = await selectProjects(db).where('projects.id', '=', id).executeTakeFirst()
    return row && projectFromRow(row)
  }
  return {
    byId,
    ...ownProjects(db, now),
    listDeleted: async () => {
      const rows = await db.selectFrom('deleted_projects').select('id').orderBy('id').execute()
      return rows.map((row) => projectId(row.id))
    },
    list: async () => {
      const rows = await selectProjects(db).orderBy('projects.created_at').orderBy('projects.id').execute()
      return rows.map(projectFromRow)
    },
    ensure: async (wanted) => {
      await insertMissing(db, wanted, now())
      const project = await byId(wanted.project.id)
      if (!project) throw new Error(`project ${wanted.project.id} vanished while it was made`)
      return project
    },
  }
}

type OwnProjects = Pick<Projects, 'ofOrganization' | 'findOwned' | 'create' | 'update' | 'setImageHosts' | 'delete'>

function ownProjects(db: CatalogDb, now: () => number): OwnProjects {
  const owned = (organization: OrganizationId) =>
    selectProjects(db).where('projects.organization_id', '=', organization)
  return {
    ofOrganization: async (organization) => {
      const rows = await owned(organization).orderBy('projects.created_at', 'desc').orderBy('projects.id').execute()
      return rows.map(projectFromRow)
    },
    findOwned: async (organization, id) => {
      const row = await owned(organization).where('projects.id', '=', id).executeTakeFirst()
      return row && projectFromRow(row)
    },
    create: (organization, fields) =>
      changeInOrganization(db, organization, async (transaction) => {
        await refuseTakenName(transaction, organization, fields)
        const at = now()
        const row = { id: randomUUID(), organization_id: organization, created_at: at, updated_at: at }
        const columns = { metadata: '{}', retention_days: null, image_hosts: '[]', ...columnsOf(fields) }
        await transaction
          .insertInto('projects')
          .values({ ...row, ...columns })
          .execute()
        return await selectById(transaction, row.id)
      }),
    update: (project, fields) => {
      const organization = organizationId(project.organization.id)
      return changeInOrganization(db, organization, async (transaction) => {
        await refuseTakenName(transaction, organization, { ...fields, id: project.id })
        const columns = { ...columnsOf(fields), updated_at: now() }
        await transaction.updateTable('projects').set(columns).where('id', '=', project.id).execute()
        return await selectById(transaction, project.id)
      })
    },
    setImageHosts: async (id, hosts) => {
      const columns = { image_hosts: JSON.stringify(hosts), updated_at: now() }
      await db.updateTable('projects').set(columns).where('id', '=', id).execute()
    },
    delete: async ({ id }) => {
      await db.transaction().execute(async (transaction) => {
        const deleted = transaction.insertInto('deleted_projects').values({ id, deleted_at: now() })
        await deleted.onConflict((conflict) => conflict.column('id').doUpdateSet({ deleted_at: now() })).execute()
        await transaction.deleteFrom('projects').where('id', '=', id).execute()
      })
    },
  }
}

/** The columns of the fields that are given. */
function columnsOf({ name, metadata, retentionDays }: ProjectFields) {
  return {
    name,
    ...(metadata && { metadata: JSON.stringify(metadata) }),
    ...(retentionDays !== undefined && { retention_days: retentionDays || null }),
  }
}

async function refuseTakenName(
  db: CatalogDb,
  organization: OrganizationId,
  { id = '', name }: { readonly id?: string; readonly name: string },
): Promise<void> {
  const others = db.selectFrom('projects').select('id').where('organization_id', '=', organization)
  const taken = await others.where('name', '=', name).where('id', '<>', id).executeTakeFirst()
  if (taken) throw new AppError('conflict', 'A project with this name already exists in your organization')
}

async function insertMissing(db: CatalogDb, { organization, project }: NewProject, at: number): Promise<void> {
  await db
    .insertInto('organizations')
    .values({ id: organization.id, name: organization.name, created_at: at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  await db
    .insertInto('projects')
    .values({
      id: project.id,
      organization_id: organization.id,
      name: project.name,
      metadata: '{}',
      retention_days: null,
      image_hosts: '[]',
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

async function selectById(db: CatalogDb, id: string): Promise<Project> {
  return projectFromRow(await selectProjects(db).where('projects.id', '=', id).executeTakeFirstOrThrow())
}

/** Projects with the names of their organizations. */
export function selectProjects(db: CatalogDb) {
  return db
    .selectFrom('projects')
    .innerJoin('organizations', 'organizations.id', 'projects.organization_id')
    .select([
      'projects.id',
      'projects.name',
      'projects.metadata',
      'projects.retention_days',
      'projects.image_hosts',
      'projects.created_at',
      'projects.updated_at',
      'organizations.id as organization_id',
      'organizations.name as organization_name',
    ])
}

type ProjectRow = Awaited<ReturnType<ReturnType<typeof selectProjects>['execute']>>[number]

const Metadata = z.record(z.string(), z.unknown())
const Hosts = z.array(z.string())

/** A row of `selectProjects`. */
export function projectFromRow(row: ProjectRow): Project {
  return {
    id: projectId(row.id),
    name: row.name,
    organization: { id: row.organization_id, name: row.organization_name },
    metadata: Metadata.parse(JSON.parse(row.metadata)),
    retentionDays: row.retention_days ?? undefined,
    imageHosts: Hosts.parse(JSON.parse(row.image_hosts)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
