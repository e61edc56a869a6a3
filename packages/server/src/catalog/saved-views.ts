import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { SAVED_VIEW_TABLES, type SavedView } from '#domain/saved-view.ts'
import type { CatalogDb, CatalogTables } from './database.ts'

export type NewSavedView = Pick<SavedView, 'table' | 'name' | 'state'>

export interface SavedViews {
  /** By table and name. */
  list(projectId: ProjectId): Promise<SavedView[]>
  /** Makes the view of that table and name, or changes the one that there is. */
  save(projectId: ProjectId, view: NewSavedView): Promise<SavedView>
  /** False when the project has no such view. */
  remove(projectId: ProjectId, id: string): Promise<boolean>
}

export function createSavedViews(db: CatalogDb, now: () => number): SavedViews {
  return {
    list: async (project) => {
      const rows = await db
        .selectFrom('saved_views')
        .selectAll()
        .where('project_id', '=', project)
        .orderBy('table_name')
        .orderBy('name')
        .execute()
      return rows.map(fromRow)
    },
    save: async (project, { table, name, state }) => {
      const at = now()
      const changed = { state: JSON.stringify(state), updated_at: at }
      const row = await db
        .insertInto('saved_views')
        .values({ id: randomUUID(), project_id: project, table_name: table, name, created_at: at, ...changed })
        .onConflict((conflict) => conflict.columns(['project_id', 'table_name', 'name']).doUpdateSet(changed))
        .returningAll()
        .executeTakeFirstOrThrow()
      return fromRow(row)
    },
    remove: async (project, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('saved_views')
        .where('project_id', '=', project)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}

const Table = z.enum(SAVED_VIEW_TABLES)
const State = z.record(z.string(), z.string())

const fromRow = (row: Selectable<CatalogTables['saved_views']>): SavedView => ({
  id: row.id,
  projectId: projectId(row.project_id),
  table: Table.parse(row.table_name),
  name: row.name,
  state: State.parse(JSON.parse(row.state)),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
