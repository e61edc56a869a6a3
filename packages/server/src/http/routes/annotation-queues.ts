import {
  QueueAssignmentBody,
  QueueAssignmentDto,
  QueueBody,
  QueueDto,
  QueuesDto,
  QueuesQuery,
  QueueUnassignedDto,
  z,
} from '@xtrace/contract'
import type { AnnotationQueue } from '#domain/annotation-queue.ts'
import { AppError } from '#domain/errors.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import { type InQueue, type QueueDeps, requireQueue } from './queue-deps.ts'
import { queueItemRoutes } from './queue-items.ts'

const PATH = '/api/public/annotation-queues'
const common = { access: 'project', errors: 'langfuse' } as const
const params = z.object({ queueId: z.string() })

/** Queues of what people are to score, their items, and who works on them (public-api contract §15). */
export function annotationQueueRoutes(deps: QueueDeps): Route[] {
  return [listRoute(deps), createRoute(deps), getRoute(deps), ...assignmentRoutes(deps), ...queueItemRoutes(deps)]
}

function listRoute({ annotationQueues }: QueueDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: QueuesQuery,
    doc: {
      operationId: 'annotationQueues_listQueues',
      tag: 'Annotation queues',
      summary: 'List queues',
      responses: { 200: QueuesDto },
    },
    handle: async ({ caller, query }) => {
      const { values, totalItems } = await annotationQueues.list(caller.projectId, query)
      return { body: { data: values.map(toDto), meta: pageMeta(query, totalItems) } satisfies QueuesDto }
    },
  })
}

function createRoute({ annotationQueues }: QueueDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    doc: {
      operationId: 'annotationQueues_createQueue',
      tag: 'Annotation queues',
      summary: 'Make a queue',
      body: QueueBody,
      responses: { 200: QueueDto },
    },
    handle: async (request) => {
      const { description, ...body } = QueueBody.parse(await jsonBody(request))
      return { body: toDto(await annotationQueues.create(request.caller.projectId, { ...body, description })) }
    },
  })
}

function getRoute(deps: QueueDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: `${PATH}/:queueId`,
    params,
    doc: {
      operationId: 'annotationQueues_getQueue',
      tag: 'Annotation queues',
      summary: 'Get a queue',
      responses: { 200: QueueDto },
    },
    handle: async (request) => ({ body: toDto(await requireQueue(request, deps)) }),
  })
}

function assignmentRoutes(deps: QueueDeps): Route[] {
  const assignment = { ...common, path: `${PATH}/:queueId/assignments`, params } as const
  return [
    route({
      ...assignment,
      method: 'POST',
      doc: {
        operationId: 'annotationQueues_createQueueAssignment',
        tag: 'Annotation queues',
        summary: 'Assign a user to a queue',
        body: QueueAssignmentBody,
        responses: { 200: QueueAssignmentDto },
      },
      handle: async (request) => {
        const { projectId, queueId, userId } = await assignmentOf(request, deps)
        await deps.annotationQueues.assign(projectId, queueId, userId)
        return { body: { userId, queueId, projectId } satisfies QueueAssignmentDto }
      },
    }),
    route({
      ...assignment,
      method: 'DELETE',
      doc: {
        operationId: 'annotationQueues_deleteQueueAssignment',
        tag: 'Annotation queues',
        summary: 'Take a user off a queue',
        body: QueueAssignmentBody,
        responses: { 200: QueueUnassignedDto },
      },
      handle: async (request) => {
        const { projectId, queueId, userId } = await assignmentOf(request, deps)
        await deps.annotationQueues.unassign(projectId, queueId, userId)
        return { body: { success: true } satisfies QueueUnassignedDto }
      },
    }),
  ]
}

async function assignmentOf(request: InQueue & Pick<RouteRequest<unknown, unknown>, 'text'>, deps: QueueDeps) {
  const { userId } = QueueAssignmentBody.parse(await jsonBody(request))
  const { id: queueId } = await requireQueue(request, deps)
  const { projectId } = request.caller
  if (!(await deps.presence.hasUser(projectId, userId))) throw new AppError('not_found', 'User not found')
  return { projectId, queueId, userId }
}

function toDto({ id, name, description, scoreConfigIds, createdAt, updatedAt }: AnnotationQueue): QueueDto {
  return {
    id,
    name,
    description: description ?? null,
    scoreConfigIds: [...scoreConfigIds],
    createdAt: isoFromMs(createdAt),
    updatedAt: isoFromMs(updatedAt),
  }
}
