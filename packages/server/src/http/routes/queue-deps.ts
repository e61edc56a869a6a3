import type { AnnotationQueues } from '#catalog/annotation-queues.ts'
import type { QueueItems } from '#catalog/queue-items.ts'
import type { AnnotationQueue } from '#domain/annotation-queue.ts'
import { AppError } from '#domain/errors.ts'
import type { ObjectDeps } from '#http/require-object.ts'
import type { RouteRequest } from '#http/route.ts'

export interface QueueDeps extends ObjectDeps {
  readonly annotationQueues: AnnotationQueues
  readonly queueItems: QueueItems
}

export type InQueue = Pick<RouteRequest<unknown, { readonly queueId: string }>, 'caller' | 'params'>

/** @throws AppError `not_found` when the project has no such queue */
export async function requireQueue(
  { caller, params: { queueId } }: InQueue,
  { annotationQueues }: Pick<QueueDeps, 'annotationQueues'>,
): Promise<AnnotationQueue> {
  const queue = await annotationQueues.byId(caller.projectId, queueId)
  if (!queue) throw new AppError('not_found', 'Annotation queue not found')
  return queue
}
