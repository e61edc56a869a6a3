import type { ProjectId } from '#domain/ids.ts'

/** What waits in queues. */
export const QUEUE_OBJECT_TYPES = ['TRACE', 'OBSERVATION', 'SESSION'] as const
export type QueueObjectType = (typeof QUEUE_OBJECT_TYPES)[number]

export const QUEUE_STATUSES = ['PENDING', 'COMPLETED'] as const
export type QueueStatus = (typeof QUEUE_STATUSES)[number]

/** A list of things that people are to score (public-api contract §15). */
export interface AnnotationQueue {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  readonly description: string | undefined
  readonly scoreConfigIds: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** One thing of a queue. */
export interface QueueItem {
  readonly id: string
  readonly queueId: string
  readonly objectId: string
  readonly objectType: QueueObjectType
  readonly status: QueueStatus
  /** When it was last completed, also after it was reopened. */
  readonly completedAt: number | undefined
  readonly createdAt: number
  readonly updatedAt: number
}
