import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Widget } from '#domain/dashboard.ts'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { dashboardsWith } from './dashboards.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { changeInProject } from './locked-change.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

export type WidgetFields = Pick<Widget, 'name' | 'description' | 'definition'>

export interface Widgets {
  create(projectId: ProjectId, fields: WidgetFields): Promise<Widget>
  byId(projectId: ProjectId, id: string): Promise<Widget | undefined>
  /** The newest change first. */
  list(projectId: ProjectId, page: PageRequest): Promise<Page<Widget>>
  /**
   * Replaces the widget by what `change` makes of it; no other change of the project runs meanwhile.
   * @throws AppError `not_found` for an unknown widget, and what `change` throws
   */
  update(projectId: ProjectId, id: string, change: (widget: Widget) => WidgetFields): Promise<Widget>
  /** False when the project has no such widget. @throws AppError `conflict` while it is placed on a dashboard */
  delete(projectId: ProjectId, id: string): Promise<boolean>
}

export function createWidgets(db: CatalogDb, now: () => number): Widgets {
  const byId = async (from: CatalogDb, project: ProjectId, id: string) => {
    const row = await own(from, project).where('id', '=', id).executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    byId: (project, id) => byId(db, project, id),
    create: async (project, fields) => {
      const at = now()
      const row = { id: randomUUID(), project_id: project, ...columnsOf(fields), created_at: at, updated_at: at }
      await db.insertInto('dashboard_widgets').values(row).execute()
      return fromRow(row)
    },
    list: async (project, page) =>
      mapPage(await selectPage(own(db, project).orderBy('updated_at', 'desc').orderBy('id'), page), fromRow),
    update: (project, id, change) =>
      changeInProject(db, project, async (transaction) => {
        const present = await byId(transaction, project, id)
        if (!present) throw new AppError('not_found', 'Dashboard widget not found within authorized project')
        const changed = { ...present, ...change(present), updatedAt: now() }
        const columns = { ...columnsOf(changed), updated_at: changed.updatedAt }
        const update = transaction.updateTable('dashboard_widgets').set(columns).where('project_id', '=', project)
        await update.where('id', '=', id).execute()
        return changed
      }),
    delete: (project, id) =>
      changeInProject(db, project, async (transaction) => {
        const [placed] = await dashboardsWith(transaction, project, id)
        if (placed !== undefined)
          throw new AppError(
            'conflict',
            `The widget is placed on the dashboard "${placed}"; remove it from there first`,
          )
        const one = transaction.deleteFrom('dashboard_widgets').where('project_id', '=', project).where('id', '=', id)
        return (await one.executeTakeFirst()).numDeletedRows > 0n
      }),
  }
}

const own = (db: CatalogDb, project: ProjectId) =>
  db.selectFrom('dashboard_widgets').selectAll().where('project_id', '=', project)

function columnsOf({ name, description, definition }: WidgetFields) {
  return { name, description, definition: JSON.stringify(definition) }
}

function fromRow(row: Selectable<CatalogTables['dashboard_widgets']>): Widget {
  const definition: unknown = JSON.parse(row.definition)
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    name: row.name,
    description: row.description,
    definition,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
