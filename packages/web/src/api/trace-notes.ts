/** What people and programs say of a trace or of one of its observations: scores and comments. */
import { queryOptions } from '@tanstack/react-query'
import {
  type CommentBody,
  CommentCreatedDto,
  CommentsDto,
  type ScoreBody,
  ScoreCreated,
  ScoresDto,
} from '@xtrace/contract'
import { call } from './client.ts'
import { publicPath } from './paths.ts'

const MOST = 100

/** The scores of a trace, those of its observations too. */
export const scoresQuery = (project: string, trace: string) =>
  queryOptions({
    queryKey: ['trace', project, trace, 'scores'],
    queryFn: async ({ signal }) => {
      const query = { traceId: trace, limit: MOST }
      const { data } = await call(publicPath(project, 'v2', 'scores'), { query, answer: ScoresDto, signal })
      return data
    },
  })

export async function addScore(project: string, score: ScoreBody): Promise<void> {
  await call(publicPath(project, 'scores'), { method: 'POST', body: score, answer: ScoreCreated })
}

/** On what a comment stands. */
export interface Commented {
  readonly objectType: 'TRACE' | 'OBSERVATION'
  readonly objectId: string
}

export const commentsQuery = (project: string, on: Commented) =>
  queryOptions({
    queryKey: ['comments', project, on],
    queryFn: async ({ signal }) => {
      const { data } = await call(publicPath(project, 'comments'), {
        query: { ...on, limit: MOST },
        answer: CommentsDto,
        signal,
      })
      return data
    },
  })

export async function addComment(project: string, on: Commented, content: string): Promise<void> {
  const body = { ...on, content, projectId: project, authorUserId: undefined } satisfies CommentBody
  await call(publicPath(project, 'comments'), { method: 'POST', body, answer: CommentCreatedDto })
}
