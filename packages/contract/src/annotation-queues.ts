import { z } from 'zod'
import { Instant, storable } from './fields.ts'
import { given } from './given.ts'
import { PageMeta, pageParams, wordParam } from './query-params.ts'

const STATUSES = ['PENDING', 'COMPLETED'] as const
const OBJECT_TYPES = ['TRACE', 'OBSERVATION', 'SESSION'] as const
const MAX_SCORE_CONFIGS = 1000

/** GET /annotation-queues; nothing but these parameters, as everywhere with queues (public-api contract §15). */
export const QueuesQuery = z.strictObject(pageParams())
export type QueuesQuery = z.output<typeof QueuesQuery>

/** POST /annotation-queues. */
export const QueueBody = z.strictObject({
  name: storable(1000).trim().min(1),
  description: given(storable(20_000)),
  scoreConfigIds: z.array(storable(800)).min(1).max(MAX_SCORE_CONFIGS),
})
export type QueueBody = z.output<typeof QueueBody>

export const QueueDto = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    scoreConfigIds: z.array(z.string()),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'AnnotationQueue' })
export type QueueDto = z.infer<typeof QueueDto>

export const QueuesDto = z.object({ data: z.array(QueueDto), meta: PageMeta })
export type QueuesDto = z.infer<typeof QueuesDto>

/** GET /annotation-queues/{queueId}/items. */
export const QueueItemsQuery = z.strictObject({ ...pageParams(), status: wordParam(STATUSES) })
export type QueueItemsQuery = z.output<typeof QueueItemsQuery>

/** POST /annotation-queues/{queueId}/items. */
export const QueueItemBody = z.strictObject({
  objectId: storable(800).min(1),
  objectType: z.enum(OBJECT_TYPES),
  status: given(z.enum(STATUSES)),
})
export type QueueItemBody = z.output<typeof QueueItemBody>

/** PATCH /annotation-queues/{queueId}/items/{itemId}. */
export const QueueItemChangeBody = z.strictObject({ status: given(z.enum(STATUSES)) })
export type QueueItemChangeBody = z.output<typeof QueueItemChangeBody>

export const QueueItemDto = z
  .object({
    id: z.string(),
    queueId: z.string(),
    objectId: z.string(),
    objectType: z.enum(OBJECT_TYPES),
    status: z.enum(STATUSES),
    completedAt: Instant.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'AnnotationQueueItem' })
export type QueueItemDto = z.infer<typeof QueueItemDto>

export const QueueItemsDto = z.object({ data: z.array(QueueItemDto), meta: PageMeta })
export type QueueItemsDto = z.infer<typeof QueueItemsDto>

export const QueueItemDeletedDto = z.object({ success: z.literal(true), message: z.string() })
export type QueueItemDeletedDto = z.infer<typeof QueueItemDeletedDto>

/** POST and DELETE /annotation-queues/{queueId}/assignments. */
export const QueueAssignmentBody = z.strictObject({ userId: storable(800).min(1) })
export type QueueAssignmentBody = z.output<typeof QueueAssignmentBody>

export const QueueAssignmentDto = z.object({ userId: z.string(), queueId: z.string(), projectId: z.string() })
export type QueueAssignmentDto = z.infer<typeof QueueAssignmentDto>

export const QueueUnassignedDto = z.object({ success: z.literal(true) })
export type QueueUnassignedDto = z.infer<typeof QueueUnassignedDto>
