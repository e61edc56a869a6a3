import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Dashboard, Placement } from '#domain/dashboard.ts'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { changeInProject } from './locked-change.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

export type DashboardFields = Pick<Dashboard, 'name' | 'description' | 'placements' | 'filters'>

export interface Dashboards {
  /** @throws AppError `not_found` for a widget that the project does not have */
  create(projectId: ProjectId, fields: DashboardFields): Promise<Dashboard>
  byId(projectId: ProjectId, id: string): Promise<Dashboard | undefined>
  /** The newest change first. */
  list(projectId: ProjectId, page: PageRequest): Promise<Page<Dashboard>>
  /**
   * Changes the fields that `change` gives; no other change of the project runs meanwhile.
   * @throws AppError `not_found` for an unknown dashboard or widget, and what `change` throws
   */
  update(
    projectId: ProjectId,
    id: string,
    change: (dashboard: Dashboard) => Partial<DashboardFields>,
  ): Promise<Dashboard>
  /** False when the project has no such dashboard. */
  delete(projectId: ProjectId, id: string): Promise<boolean>
}

export function createDashboards(db: CatalogDb, now: () => number): Dashboards {
  const byId = async (from: CatalogDb, project: ProjectId, id: string) => {
    const row = await own(from, project).where('id', '=', id).executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    byId: (project, id) => byId(db, project, id),
    create: (project, fields) =>
      changeInProject(db, project, async (transaction) => {
        await refuseUnknownWidgets(transaction, project, fields.placements)
        const at = now()
        const row = { id: randomUUID(), project_id: project, ...columnsOf(fields), created_at: at, updated_at: at }
        await transaction.insertInto('dashboards').values(row).execute()
        return fromRow(row)
      }),
    list: async (project, page) =>
      mapPage(await selectPage(own(db, project).orderBy('updated_at', 'desc').orderBy('id'), page), fromRow),
    update: (project, id, change) =>
      changeInProject(db, project, async (transaction) => {
        const present = await byId(transaction, project, id)
        if (!present) throw new AppError('not_found', 'Dashboard not found within authorized project')
        const changed = { ...present, ...change(present), updatedAt: now() }
        await refuseUnknownWidgets(transaction, project, changed.placements)
        const columns = { ...columnsOf(changed), updated_at: changed.updatedAt }
        const update = transaction.updateTable('dashboards').set(columns).where('project_id', '=', project)
        await update.where('id', '=', id).execute()
        return changed
      }),
    delete: async (project, id) => {
      const one = db.deleteFrom('dashboards').where('project_id', '=', project).where('id', '=', id)
      return (await one.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

/** Names of the project's dashboards on which the widget is placed. */
export async function dashboardsWith(db: CatalogDb, project: ProjectId, widgetId: string): Promise<string[]> {
  const dashboards = (await own(db, project).execute()).map(fromRow)
  return dashboards.filter(({ placements }) => widgetsOf(placements).includes(widgetId)).map(({ name }) => name)
}

const own = (db: CatalogDb, project: ProjectId) =>
  db.selectFrom('dashboards').selectAll().where('project_id', '=', project)

const widgetsOf = (placements: readonly Placement[]): string[] =>
  placements.flatMap((placement) => (placement.type === 'widget' ? [placement.widgetId] : []))

async function refuseUnknownWidgets(
  db: CatalogDb,
  project: ProjectId,
  placements: readonly Placement[],
): Promise<void> {
  const wanted = widgetsOf(placements)
  if (wanted.length === 0) return
  const known = db.selectFrom('dashboard_widgets').select('id').where('project_id', '=', project)
  const ids = new Set((await known.where('id', 'in', wanted).execute()).map(({ id }) => id))
  const unknown = wanted.find((id) => !ids.has(id))
  if (unknown !== undefined)
    throw new AppError('not_found', `Dashboard widget ${unknown} not found within authorized project`)
}

function columnsOf({ name, description, placements, filters }: DashboardFields) {
  return { name, description, placements: JSON.stringify(placements), filters: JSON.stringify(filters) }
}

const tile = { id: z.string(), x: z.number(), y: z.number(), width: z.number(), height: z.number() }
const Placements = z.array(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('widget'), widgetId: z.string(), ...tile }),
    z.object({ type: z.literal('preset'), presetId: z.string(), ...tile }),
  ]),
)

function fromRow(row: Selectable<CatalogTables['dashboards']>): Dashboard {
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    name: row.name,
    description: row.description,
    placements: Placements.parse(JSON.parse(row.placements)),
    filters: z.array(z.unknown()).parse(JSON.parse(row.filters)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
