import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { AnnotationQueue } from '#domain/annotation-queue.ts'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

export type NewAnnotationQueue = Pick<AnnotationQueue, 'name' | 'description' | 'scoreConfigIds'>

/** Queues, and who is to work on them. */
export interface AnnotationQueues {
  /** @throws AppError `bad_request` for a name that is taken and for score configs that the project does not have */
  create(projectId: ProjectId, queue: NewAnnotationQueue): Promise<AnnotationQueue>
  byId(projectId: ProjectId, id: string): Promise<AnnotationQueue | undefined>
  /** Newest first. */
  list(projectId: ProjectId, page: PageRequest): Promise<Page<AnnotationQueue>>
  /** Assigning twice is assigning once. Whether queue and user exist, is for the caller to see. */
  assign(projectId: ProjectId, queueId: string, userId: string): Promise<void>
  /** Nothing happens where nobody was assigned. */
  unassign(projectId: ProjectId, queueId: string, userId: string): Promise<void>
}

export function createAnnotationQueues(db: CatalogDb, now: () => number): AnnotationQueues {
  const own = (project: ProjectId) => db.selectFrom('annotation_queues').selectAll().where('project_id', '=', project)
  return {
    create: async (project, queue) => {
      await refuseUnknownConfigs(db, project, queue.scoreConfigIds)
      return await insertQueue(db, newRow(project, queue, now()))
    },
    byId: async (project, id) => {
      const row = await own(project).where('id', '=', id).executeTakeFirst()
      return row && fromRow(row)
    },
    list: async (project, page) =>
      mapPage(await selectPage(own(project).orderBy('created_at', 'desc').orderBy('id'), page), fromRow),
    assign: async (project, queueId, userId) => {
      const row = { project_id: project, queue_id: queueId, user_id: userId, created_at: now() }
      const insert = db.insertInto('annotation_queue_assignments').values(row)
      await insert.onConflict((conflict) => conflict.columns(['queue_id', 'user_id']).doNothing()).execute()
    },
    unassign: async (project, queueId, userId) => {
      const ofQueue = db.deleteFrom('annotation_queue_assignments').where('project_id', '=', project)
      await ofQueue.where('queue_id', '=', queueId).where('user_id', '=', userId).execute()
    },
  }
}

async function refuseUnknownConfigs(db: CatalogDb, project: ProjectId, ids: readonly string[]): Promise<void> {
  const own = db.selectFrom('score_configs').select('id').where('project_id', '=', project)
  const known = new Set((await own.where('id', 'in', ids).execute()).map(({ id }) => id))
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length > 0)
    throw new AppError('bad_request', `Score configs not found within authorized project: ${unknown.join(', ')}`)
}

type QueueRow = Selectable<CatalogTables['annotation_queues']>

async function insertQueue(db: CatalogDb, row: QueueRow): Promise<AnnotationQueue> {
  const insert = db.insertInto('annotation_queues').values(row)
  const free = insert.onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
  const { numInsertedOrUpdatedRows } = await free.executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) throw new AppError('bad_request', `A queue named ${row.name} exists already`)
  return fromRow(row)
}

function newRow(project: ProjectId, queue: NewAnnotationQueue, at: number): QueueRow {
  return {
    id: randomUUID(),
    project_id: project,
    name: queue.name,
    description: queue.description ?? null,
    score_config_ids: JSON.stringify([...new Set(queue.scoreConfigIds)]),
    created_at: at,
    updated_at: at,
  }
}

const Ids = z.array(z.string())

function fromRow(row: QueueRow): AnnotationQueue {
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    name: row.name,
    description: row.description ?? undefined,
    scoreConfigIds: Ids.parse(JSON.parse(row.score_config_ids)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
