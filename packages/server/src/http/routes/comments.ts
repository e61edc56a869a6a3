import { CommentBody, CommentCreatedDto, CommentDto, CommentsDto, CommentsQuery, z } from '@xtrace/contract'
import type { Comments } from '#catalog/comments.ts'
import type { Comment } from '#domain/comment.ts'
import { AppError } from '#domain/errors.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type ObjectDeps, requireObject } from '#http/require-object.ts'
import { type Route, route } from '#http/route.ts'

interface CommentDeps extends ObjectDeps {
  readonly comments: Comments
}

const PATH = '/api/public/comments'
const common = { access: 'project', errors: 'langfuse' } as const

/** Comments on traces, observations, sessions and prompts (public-api contract §14). */
export function commentRoutes(deps: CommentDeps): Route[] {
  return [createRoute(deps), listRoute(deps), getRoute(deps)]
}

function createRoute(deps: CommentDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    // Whoever has just written a trace may comment on it.
    isRead: true,
    isUnlimited: true,
    doc: {
      operationId: 'comments_create',
      tag: 'Comments',
      summary: 'Comment on a trace, an observation, a session or a prompt',
      body: CommentBody,
      responses: { 200: CommentCreatedDto },
      failures: ['not_found'],
    },
    handle: async (request) => {
      const { projectId: _, ...comment } = CommentBody.parse(await jsonBody(request))
      const { projectId } = request.caller
      await requireObject(request, comment, deps)
      const { authorUserId } = comment
      if (authorUserId !== undefined && !(await deps.presence.hasUser(projectId, authorUserId)))
        throw new AppError('bad_request', `The author ${authorUserId} is no member of the organization`)
      const { id } = await deps.comments.create(projectId, { ...comment, authorUserId })
      return { body: { id } satisfies CommentCreatedDto }
    },
  })
}

function listRoute({ comments }: CommentDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: CommentsQuery,
    doc: { operationId: 'comments_get', tag: 'Comments', summary: 'List comments', responses: { 200: CommentsDto } },
    handle: async ({ caller, query }) => {
      const { values, totalItems } = await comments.list(caller.projectId, query)
      return { body: { data: values.map(toDto), meta: pageMeta(query, totalItems) } satisfies CommentsDto }
    },
  })
}

function getRoute({ comments }: CommentDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: `${PATH}/:commentId`,
    params: z.object({ commentId: z.string() }),
    doc: {
      operationId: 'comments_get-by-id',
      tag: 'Comments',
      summary: 'Get a comment',
      responses: { 200: CommentDto },
    },
    handle: async ({ caller, params }) => {
      const comment = await comments.byId(caller.projectId, params.commentId)
      if (!comment) throw new AppError('not_found', 'Comment not found within authorized project')
      return { body: toDto(comment) }
    },
  })
}

function toDto(comment: Comment): CommentDto {
  return {
    id: comment.id,
    projectId: comment.projectId,
    createdAt: isoFromMs(comment.createdAt),
    updatedAt: isoFromMs(comment.updatedAt),
    objectType: comment.objectType,
    objectId: comment.objectId,
    content: comment.content,
    authorUserId: comment.authorUserId ?? null,
  }
}
