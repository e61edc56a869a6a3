import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { QUEUE_OBJECT_TYPES, QUEUE_STATUSES, type QueueItem, type QueueStatus } from '#domain/annotation-queue.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

/** A queue of a project; both MUST be known to belong together. */
export interface QueuePlace {
  readonly projectId: ProjectId
  readonly queueId: string
}

export type NewQueueItem = Pick<QueueItem, 'objectId' | 'objectType' | 'status'>

/** What waits in queues. An item that is not in the queue is as good as none. */
export interface QueueItems {
  create(place: QueuePlace, item: NewQueueItem): Promise<QueueItem>
  byId(place: QueuePlace, id: string): Promise<QueueItem | undefined>
  /** Newest first. */
  list(
    place: QueuePlace,
    question: PageRequest & { readonly status?: QueueStatus | undefined },
  ): Promise<Page<QueueItem>>
  /** Completing it again moves the time of completion. Gives the item as it is then. */
  setStatus(place: QueuePlace, id: string, status: QueueStatus): Promise<QueueItem | undefined>
  /** False when there is no such item. */
  delete(place: QueuePlace, id: string): Promise<boolean>
}

export function createQueueItems(db: CatalogDb, now: () => number): QueueItems {
  const own = ({ projectId, queueId }: QueuePlace) =>
    db
      .selectFrom('annotation_queue_items')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('queue_id', '=', queueId)
  const byId: QueueItems['byId'] = async (place, id) => {
    const row = await own(place).where('id', '=', id).executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    byId,
    create: async (place, item) => {
      const row = newRow(place, item, now())
      await db.insertInto('annotation_queue_items').values(row).execute()
      return fromRow(row)
    },
    list: async (place, { status, ...page }) => {
      const rows = status === undefined ? own(place) : own(place).where('status', '=', status)
      return mapPage(await selectPage(rows.orderBy('created_at', 'desc').orderBy('id', 'desc'), page), fromRow)
    },
    setStatus: async (place, id, status) => {
      const at = now()
      const change = { status, updated_at: at, ...(status === 'COMPLETED' && { completed_at: at }) }
      const update = db.updateTable('annotation_queue_items').set(change).where('project_id', '=', place.projectId)
      await update.where('queue_id', '=', place.queueId).where('id', '=', id).execute()
      return await byId(place, id)
    },
    delete: async (place, id) => {
      const ofQueue = db.deleteFrom('annotation_queue_items').where('project_id', '=', place.projectId)
      const one = ofQueue.where('queue_id', '=', place.queueId).where('id', '=', id)
      return (await one.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

type ItemRow = Selectable<CatalogTables['annotation_queue_items']>

function newRow({ projectId, queueId }: QueuePlace, item: NewQueueItem, at: number): ItemRow {
  return {
    id: randomUUID(),
    project_id: projectId,
    queue_id: queueId,
    object_id: item.objectId,
    object_type: item.objectType,
    status: item.status,
    completed_at: item.status === 'COMPLETED' ? at : null,
    created_at: at,
    updated_at: at,
  }
}

const ObjectType = z.enum(QUEUE_OBJECT_TYPES)
const Status = z.enum(QUEUE_STATUSES)

function fromRow(row: ItemRow): QueueItem {
  return {
    id: row.id,
    queueId: row.queue_id,
    objectId: row.object_id,
    objectType: ObjectType.parse(row.object_type),
    status: Status.parse(row.status),
    completedAt: row.completed_at ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
