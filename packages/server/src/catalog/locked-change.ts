import { AppError } from '#domain/errors.ts'
import type { OrganizationId, ProjectId } from '#domain/ids.ts'
import type { CatalogDb } from './database.ts'

/**
 * Runs a change that reads before it writes, one at a time for a project: the row of the project is
 * locked first, by an update that changes nothing, which SQLite and Postgres both know.
 * @throws AppError `not_found` when there is no such project, and what `change` throws (then nothing was changed)
 */
export function changeInProject<T>(
  db: CatalogDb,
  project: ProjectId,
  change: (transaction: CatalogDb) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    const lock = transaction
      .updateTable('projects')
      .set((eb) => ({ id: eb.ref('id') }))
      .where('id', '=', project)
    const { numUpdatedRows } = await lock.executeTakeFirst()
    if (numUpdatedRows === 0n) throw new AppError('not_found', 'Project not found')
    return await change(transaction)
  })
}

/** The same for an organization. @throws AppError as `changeInProject` */
export function changeInOrganization<T>(
  db: CatalogDb,
  organization: OrganizationId,
  change: (transaction: CatalogDb) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    const lock = transaction
      .updateTable('organizations')
      .set((eb) => ({ id: eb.ref('id') }))
      .where('id', '=', organization)
    const { numUpdatedRows } = await lock.executeTakeFirst()
    if (numUpdatedRows === 0n) throw new AppError('not_found', 'Organization not found')
    return await change(transaction)
  })
}
