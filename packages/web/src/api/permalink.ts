import type { UiProjectDto } from '@xtrace/contract'
import { z } from 'zod'
import { ApiError } from './api-error.ts'
import { call, publicPath } from './client.ts'

const Found = z.object({ id: z.string() })

/** The first of the projects that has the trace. @throws ApiError `NOT_FOUND` when none has */
export async function findTraceProject(projects: readonly UiProjectDto[], trace: string): Promise<string> {
  let last = new ApiError('None of your projects has this trace.', {
    status: 404,
    code: 'NOT_FOUND',
    requestId: undefined,
    retryAfter: undefined,
  })
  for (const { id } of projects) {
    try {
      await call(publicPath(id, 'traces', trace), { query: { fields: 'core' }, answer: Found })
      return id
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error
      last = error
    }
  }
  throw last
}
