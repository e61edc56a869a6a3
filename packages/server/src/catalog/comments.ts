import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { COMMENT_OBJECT_TYPES, type Comment, type CommentObjectType } from '#domain/comment.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

export type NewComment = Pick<Comment, 'objectType' | 'objectId' | 'content' | 'authorUserId'>

/** Which comments are asked for: those with all that is given. */
export interface CommentQuestion extends PageRequest {
  readonly objectType?: CommentObjectType | undefined
  readonly objectId?: string | undefined
  readonly authorUserId?: string | undefined
}

export interface Comments {
  /** Whether the object and the author exist, is for the caller to see. */
  create(projectId: ProjectId, comment: NewComment): Promise<Comment>
  byId(projectId: ProjectId, id: string): Promise<Comment | undefined>
  /** Newest first. */
  list(projectId: ProjectId, question: CommentQuestion): Promise<Page<Comment>>
}

export function createComments(db: CatalogDb, now: () => number): Comments {
  const own = (project: ProjectId) => db.selectFrom('comments').selectAll().where('project_id', '=', project)
  return {
    create: async (project, comment) => {
      const at = now()
      const row = {
        id: randomUUID(),
        project_id: project,
        object_type: comment.objectType,
        object_id: comment.objectId,
        content: comment.content,
        author_user_id: comment.authorUserId ?? null,
        created_at: at,
        updated_at: at,
      }
      await db.insertInto('comments').values(row).execute()
      return fromRow(row)
    },
    byId: async (project, id) => {
      const row = await own(project).where('id', '=', id).executeTakeFirst()
      return row && fromRow(row)
    },
    list: async (project, { objectType, objectId, authorUserId, ...page }) => {
      const wanted = [
        ['object_type', objectType],
        ['object_id', objectId],
        ['author_user_id', authorUserId],
      ] as const
      const rows = wanted.reduce(
        (query, [column, value]) => (value === undefined ? query : query.where(column, '=', value)),
        own(project),
      )
      return mapPage(await selectPage(rows.orderBy('created_at', 'desc').orderBy('id'), page), fromRow)
    },
  }
}

const ObjectType = z.enum(COMMENT_OBJECT_TYPES)

function fromRow(row: Selectable<CatalogTables['comments']>): Comment {
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    objectType: ObjectType.parse(row.object_type),
    objectId: row.object_id,
    content: row.content,
    authorUserId: row.author_user_id ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
