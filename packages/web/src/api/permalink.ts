import type { UiProjectDto } from '@xtrace/contract'
import { z } from 'zod'
import { idSpellings } from '#lib/format/id.ts'
import { ApiError } from './api-error.ts'
import { call } from './client.ts'
import { publicPath } from './paths.ts'

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

export interface TracePlace {
  readonly trace: string
  /** The observation within it that was meant. */
  readonly node?: string
}

const FoundObservation = z.object({ id: z.string(), traceId: z.string() })

/** The trace, or the observation within its trace, with this id however it is spelled; undefined when there is none. */
export async function findPlace(project: string, id: string): Promise<TracePlace | undefined> {
  for (const spelling of idSpellings(id)) {
    const trace = await orNothing(
      call(publicPath(project, 'traces', spelling), { query: { fields: 'core' }, answer: Found }),
    )
    if (trace) return { trace: trace.id }
    const observation = await orNothing(
      call(publicPath(project, 'observations', spelling), { answer: FoundObservation }),
    )
    if (observation) return { trace: observation.traceId, node: observation.id }
  }
  return undefined
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}
