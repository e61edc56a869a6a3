import { z } from 'zod'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb } from './database.ts'

/** A tenant: everything recorded belongs to exactly one (public-api contract §18). */
export interface Project {
  readonly id: ProjectId
  readonly name: string
  readonly organization: { readonly id: string; readonly name: string }
  readonly metadata: Readonly<Record<string, unknown>>
  readonly retentionDays: number | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

interface NewProject {
  readonly organization: { readonly id: string; readonly name: string }
  readonly project: { readonly id: string; readonly name: string }
}

export interface Projects {
  byId(id: ProjectId): Promise<Project | undefined>
  /** All projects, oldest first. */
  list(): Promise<Project[]>
  /** Creates what is missing of the organization and the project; what exists keeps its name. */
  ensure(wanted: NewProject): Promise<Project>
}

export function createProjects(db: CatalogDb, now: () => number): Projects {
  const byId = async (id: string) => {
    const row = await selectProjects(db).where('projects.id', '=', id).executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    byId,
    list: async () => {
      const rows = await selectProjects(db).orderBy('projects.created_at').orderBy('projects.id').execute()
      return rows.map(fromRow)
    },
    ensure: async (wanted) => {
      await insertMissing(db, wanted, now())
      const project = await byId(wanted.project.id)
      if (!project) throw new Error(`project ${wanted.project.id} vanished while it was made`)
      return project
    },
  }
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
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

function selectProjects(db: CatalogDb) {
  return db
    .selectFrom('projects')
    .innerJoin('organizations', 'organizations.id', 'projects.organization_id')
    .select([
      'projects.id',
      'projects.name',
      'projects.metadata',
      'projects.retention_days',
      'projects.created_at',
      'organizations.id as organization_id',
      'organizations.name as organization_name',
    ])
}

type ProjectRow = Awaited<ReturnType<ReturnType<typeof selectProjects>['execute']>>[number]

const Metadata = z.record(z.string(), z.unknown())

function fromRow(row: ProjectRow): Project {
  return {
    id: projectId(row.id),
    name: row.name,
    organization: { id: row.organization_id, name: row.organization_name },
    metadata: Metadata.parse(JSON.parse(row.metadata)),
    retentionDays: row.retention_days ?? undefined,
    createdAt: row.created_at,
  }
}
