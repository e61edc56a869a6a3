import { z } from 'zod'
import { Instant, storable } from './fields.ts'
import { given } from './given.ts'
import { PageMeta, pageParams, textParam, wordParam } from './query-params.ts'

const OBJECT_TYPES = ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'] as const

/** POST /comments; nothing but these fields (public-api contract §14). */
export const CommentBody = z.strictObject({
  projectId: z.string().meta({ description: 'Not used: the comment belongs to the project of the key' }),
  objectType: z.enum(OBJECT_TYPES),
  objectId: storable(800).min(1),
  content: storable(20_000).trim().min(1).max(5000),
  authorUserId: given(z.string()),
})
export type CommentBody = z.output<typeof CommentBody>

/** GET /comments; nothing but these parameters. */
export const CommentsQuery = z
  .strictObject({
    ...pageParams(),
    objectType: wordParam(OBJECT_TYPES),
    objectId: textParam,
    authorUserId: textParam,
  })
  .refine(({ objectType, objectId }) => objectId === undefined || objectType !== undefined, {
    path: ['objectType'],
    message: 'objectId needs objectType',
  })
export type CommentsQuery = z.output<typeof CommentsQuery>

export const CommentCreatedDto = z.object({ id: z.string() })
export type CommentCreatedDto = z.infer<typeof CommentCreatedDto>

export const CommentDto = z
  .object({
    id: z.string(),
    projectId: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
    objectType: z.enum(OBJECT_TYPES),
    objectId: z.string(),
    content: z.string(),
    authorUserId: z.string().nullable(),
  })
  .meta({ id: 'Comment' })
export type CommentDto = z.infer<typeof CommentDto>

export const CommentsDto = z.object({ data: z.array(CommentDto), meta: PageMeta })
export type CommentsDto = z.infer<typeof CommentsDto>
