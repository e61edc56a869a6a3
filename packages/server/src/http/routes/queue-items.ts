import {
  QueueItemBody,
  QueueItemChangeBody,
  QueueItemDeletedDto,
  QueueItemDto,
  QueueItemsDto,
  QueueItemsQuery,
  z,
} from '@xtrace/contract'
import type { QueuePlace } from '#catalog/queue-items.ts'
import type { QueueItem } from '#domain/annotation-queue.ts'
import { AppError } from '#domain/errors.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { requireObject } from '#http/require-object.ts'
import { type Route, route } from '#http/route.ts'
import { type InQueue, type QueueDeps, requireQueue } from './queue-deps.ts'

const PATH = '/api/public/annotation-queues/:queueId/items'
const tag = 'Annotation queues'
const common = { access: 'project', errors: 'langfuse' } as const
const params = z.object({ queueId: z.string() })
const itemParams = z.object({ queueId: z.string(), itemId: z.string() })

/** What waits in a queue (public-api contract §15). */
export function queueItemRoutes(deps: QueueDeps): Route[] {
  return [listRoute(deps), createRoute(deps), getRoute(deps), changeRoute(deps), deleteRoute(deps)]
}

async function placeOf(request: InQueue, deps: QueueDeps): Promise<QueuePlace> {
  const { id, projectId } = await requireQueue(request, deps)
  return { projectId, queueId: id }
}

function listRoute(deps: QueueDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    params,
    query: QueueItemsQuery,
    doc: {
      operationId: 'annotationQueues_listQueueItems',
      tag,
      summary: 'List what waits in a queue',
      responses: { 200: QueueItemsDto },
    },
    handle: async (request) => {
      const { query } = request
      const { values, totalItems } = await deps.queueItems.list(await placeOf(request, deps), query)
      return { body: { data: values.map(toDto), meta: pageMeta(query, totalItems) } satisfies QueueItemsDto }
    },
  })
}

function createRoute(deps: QueueDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    params,
    // Whoever has just written a trace may put it in a queue.
    isRead: true,
    isUnlimited: true,
    doc: {
      operationId: 'annotationQueues_createQueueItem',
      tag,
      summary: 'Put a trace, an observation or a session in a queue',
      body: QueueItemBody,
      responses: { 200: QueueItemDto },
    },
    handle: async (request) => {
      const { status = 'PENDING', ...object } = QueueItemBody.parse(await jsonBody(request))
      const place = await placeOf(request, deps)
      await requireObject(request, object, deps)
      return { body: toDto(await deps.queueItems.create(place, { ...object, status })) }
    },
  })
}

function getRoute(deps: QueueDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: `${PATH}/:itemId`,
    params: itemParams,
    doc: {
      operationId: 'annotationQueues_getQueueItem',
      tag,
      summary: 'Get one thing of a queue',
      responses: { 200: QueueItemDto },
    },
    handle: async (request) => {
      const item = await deps.queueItems.byId(await placeOf(request, deps), request.params.itemId)
      return { body: toDto(found(item)) }
    },
  })
}

function changeRoute(deps: QueueDeps): Route {
  return route({
    ...common,
    method: 'PATCH',
    path: `${PATH}/:itemId`,
    params: itemParams,
    doc: {
      operationId: 'annotationQueues_updateQueueItem',
      tag,
      summary: 'Complete or reopen one thing of a queue',
      body: QueueItemChangeBody,
      responses: { 200: QueueItemDto },
    },
    handle: async (request) => {
      const { status } = QueueItemChangeBody.parse(await jsonBody(request))
      const place = await placeOf(request, deps)
      const { itemId } = request.params
      const changed = status && (await deps.queueItems.setStatus(place, itemId, status))
      return { body: toDto(found(changed ?? (await deps.queueItems.byId(place, itemId)))) }
    },
  })
}

function deleteRoute(deps: QueueDeps): Route {
  return route({
    ...common,
    method: 'DELETE',
    path: `${PATH}/:itemId`,
    params: itemParams,
    doc: {
      operationId: 'annotationQueues_deleteQueueItem',
      tag,
      summary: 'Take one thing out of a queue',
      responses: { 200: QueueItemDeletedDto },
    },
    handle: async (request) => {
      if (!(await deps.queueItems.delete(await placeOf(request, deps), request.params.itemId))) throw notFound()
      const message = 'Annotation queue item deleted successfully'
      return { body: { success: true, message } satisfies QueueItemDeletedDto }
    },
  })
}

function found(item: QueueItem | undefined): QueueItem {
  if (!item) throw notFound()
  return item
}

const notFound = () => new AppError('not_found', 'Annotation queue item not found')

function toDto({ completedAt, createdAt, updatedAt, ...item }: QueueItem): QueueItemDto {
  return {
    ...item,
    completedAt: completedAt === undefined ? null : isoFromMs(completedAt),
    createdAt: isoFromMs(createdAt),
    updatedAt: isoFromMs(updatedAt),
  }
}
