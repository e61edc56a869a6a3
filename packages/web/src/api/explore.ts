import { infiniteQueryOptions } from '@tanstack/react-query'
import { ObservationListDto, TraceGroupsDto, TraceListDto } from '@xtrace/contract'
import type { Interval } from '#search/time-range.ts'
import { call, projectPath } from './client.ts'

/** Which rows: a span of time and environments; the public filter array as JSON; `column.desc`. */
export interface Explored {
  readonly interval: Interval
  readonly env?: readonly string[]
  readonly filter?: string | undefined
  readonly order?: string | undefined
}

const iso = (ms: number) => new Date(ms).toISOString()

function queryOf({ interval, env, filter, order }: Explored) {
  return { from: iso(interval.fromMs), to: iso(interval.toMs), env, filter, order }
}

const MAX_PAGES = 20

/** Pages of traces, newest first unless `order` says otherwise. */
export const tracesQuery = (project: string, explored: Explored) =>
  infiniteQueryOptions({
    queryKey: ['traces', project, explored],
    queryFn: async ({ pageParam, signal }) =>
      await call(projectPath(project, 'explore', 'traces'), {
        query: { ...queryOf(explored), cursor: pageParam },
        answer: TraceListDto,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    maxPages: MAX_PAGES,
  })

export const observationsQuery = (project: string, explored: Explored) =>
  infiniteQueryOptions({
    queryKey: ['observations', project, explored],
    queryFn: async ({ pageParam, signal }) =>
      await call(projectPath(project, 'explore', 'observations'), {
        query: { ...queryOf(explored), cursor: pageParam },
        answer: ObservationListDto,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    maxPages: MAX_PAGES,
  })

const GROUPS_A_PAGE = 100

/** Traces summed up by session or by user, the newest first. */
export const groupsQuery = (project: string, kind: 'sessions' | 'users', explored: Explored) =>
  infiniteQueryOptions({
    queryKey: [kind, project, explored],
    queryFn: async ({ pageParam, signal }) =>
      await call(projectPath(project, 'explore', kind), {
        query: { ...queryOf(explored), skip: pageParam, limit: GROUPS_A_PAGE },
        answer: TraceGroupsDto,
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ rows }, _, skip) => (rows.length < GROUPS_A_PAGE ? undefined : skip + rows.length),
  })
