import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import {
  type ExploredView,
  HistogramDto,
  type HistogramFigure,
  ObservationListDto,
  SuggestionsDto,
  TraceGroupsDto,
  TraceListDto,
} from '@xtrace/contract'
import { call } from './client.ts'
import { type Explored, exploredQuery, ROWS_A_PAGE, rowsPath } from './explore-path.ts'
import { projectPath, publicPath, withQuery } from './paths.ts'

/** Rows after which a list asks for no further page. */
export const MAX_LISTED = 20 * ROWS_A_PAGE

interface ListedPage {
  readonly rows: readonly unknown[]
  readonly cursor: string | null
}

/** Until the list is full; pages that had to be given before they were count for what they hold. */
const nextCursor = ({ cursor }: ListedPage, pages: readonly ListedPage[]): string | null =>
  pages.reduce((sum, { rows }) => sum + rows.length, 0) < MAX_LISTED ? cursor : null

/** Pages of traces, newest first unless `order` says otherwise. */
export const tracesQuery = (project: string, explored: Explored) =>
  infiniteQueryOptions({
    queryKey: ['traces', project, explored],
    queryFn: async ({ pageParam, signal }) =>
      await call(rowsPath(project, 'traces', { ...explored, cursor: pageParam }), {
        answer: TraceListDto,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: nextCursor,
  })

export const observationsQuery = (project: string, explored: Explored) =>
  infiniteQueryOptions({
    queryKey: ['observations', project, explored],
    queryFn: async ({ pageParam, signal }) =>
      await call(rowsPath(project, 'observations', { ...explored, cursor: pageParam }), {
        answer: ObservationListDto,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: nextCursor,
  })

const GROUPS_A_PAGE = 100

/** Traces summed up by session or by user, the newest first. */
export const groupsQuery = (project: string, kind: 'sessions' | 'users', explored: Explored) =>
  infiniteQueryOptions({
    queryKey: [kind, project, explored],
    queryFn: async ({ pageParam, signal }) =>
      await call(projectPath(project, 'explore', kind), {
        query: { ...exploredQuery(explored), skip: pageParam, limit: GROUPS_A_PAGE },
        answer: TraceGroupsDto,
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ rows }, _, skip) => (rows.length < GROUPS_A_PAGE ? undefined : skip + rows.length),
  })

interface HistogramQuestion extends Explored {
  /** What is asked for beside the counts, which then take longer. */
  readonly figure?: HistogramFigure | undefined
}

/** How many rows there are, over time and in all, and what they come to. */
export const histogramQuery = (
  project: string,
  view: ExploredView,
  { interval, env, filter, figure }: HistogramQuestion,
) =>
  queryOptions({
    queryKey: ['histogram', view, project, interval, env, filter, figure],
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'explore', view, 'histogram'), {
        query: { ...exploredQuery({ interval, env, filter }), figure },
        answer: HistogramDto,
        signal,
      }),
  })

interface SuggestionQuestion extends Explored {
  /** A public column, `metadata`, `metadata.<key>` or `scores`. */
  readonly field: string
  readonly typed: string
}

/** The most frequent values of a field among the rows. */
export const suggestionsQuery = (project: string, view: ExploredView, { field, typed, ...rest }: SuggestionQuestion) =>
  queryOptions({
    queryKey: ['suggest', view, project, rest, field, typed],
    staleTime: 30_000,
    retry: false,
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'explore', view, 'suggest'), {
        query: { ...exploredQuery(rest), field, typed },
        answer: SuggestionsDto,
        signal,
      }),
  })

/** A file of the filtered rows, of the size that there is. */
export const exportLink = (
  project: string,
  view: ExploredView,
  {
    format,
    interval,
    filter,
  }: { readonly format: 'csv' | 'jsonl' | 'parquet' } & Pick<Explored, 'interval' | 'filter'>,
): string =>
  withQuery(publicPath(project, 'x', 'export'), {
    of: view,
    format,
    fromTimestamp: new Date(interval.fromMs).toISOString(),
    toTimestamp: new Date(interval.toMs).toISOString(),
    filter,
  })
