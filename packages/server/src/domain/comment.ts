import type { ProjectId } from '#domain/ids.ts'

/** What comments can be on. */
export const COMMENT_OBJECT_TYPES = ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'] as const
export type CommentObjectType = (typeof COMMENT_OBJECT_TYPES)[number]

/** What somebody wrote about a trace, an observation, a session or a version of a prompt (public-api contract §14). */
export interface Comment {
  readonly id: string
  readonly projectId: ProjectId
  readonly objectType: CommentObjectType
  readonly objectId: string
  readonly content: string
  readonly authorUserId: string | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}
