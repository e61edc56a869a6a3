import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ObservationListDto, TraceListDto } from '@xtrace/contract'
import { useEffect, useMemo } from 'react'
import { histogramQuery, observationsQuery, tracesQuery } from '#api/explore.ts'
import { readOnOf } from '#components/data-table/read-on.ts'
import { type ListRef, parseListRef, printListRef } from '#search/list-ref.ts'
import { type ListedTrace, placeInList } from './place-in-list.ts'

const route = getRouteApi('/p/$project/traces/$trace')

export interface ListWalk {
  /** From 1; undefined while it is looked for. */
  readonly place: number | undefined
  readonly total: number | undefined
  /** Of the total. */
  readonly isEstimate: boolean
  readonly previous: ListedTrace | undefined
  readonly next: ListedTrace | undefined
  go(to: ListedTrace | undefined): void
}

/** Where the trace stands in the list of `ref`, and the way to its neighbours; undefined without such a list. */
export function useListWalk(): ListWalk | undefined {
  const { project, trace } = route.useParams()
  const search = route.useSearch()
  const ref = useMemo(() => parseListRef(search.ref), [search.ref])
  const navigate = useNavigate()
  const { rows, total, isEstimate, isWhole, readMore } = useListRows(project, ref)
  const { place, previous, next, needsMore } = placeInList(rows, ref?.row ?? trace)
  useEffect(() => {
    if (needsMore) readMore?.()
  }, [needsMore, readMore])
  if (!ref || (place === undefined && isWhole)) return undefined
  const go = (to: ListedTrace | undefined) => {
    if (!to) return
    const isPart = to.id !== to.traceId
    void navigate({
      to: '/p/$project/traces/$trace',
      params: { project, trace: to.traceId },
      search: {
        ...search,
        node: isPart ? to.id : undefined,
        zoom: undefined,
        ref: isPart ? printListRef({ ...ref, row: to.id }) : search.ref,
      },
      replace: true,
    })
  }
  return { place, total, isEstimate, previous, next, go }
}

/** What was read for the list stays as it was: neighbours do not change while one walks. */
const KEPT = { staleTime: Number.POSITIVE_INFINITY } as const

/** The rows of the list, from memory when it has just been left. */
function useListRows(project: string, ref: ListRef | undefined) {
  const { interval = { fromMs: 0, toMs: 0 }, env, filter, order, list } = ref ?? {}
  const explored = { interval, env, filter, order }
  const isOfTraces = list === 'traces' || list === 'session'
  const traces = useInfiniteQuery({
    ...tracesQuery(project, explored),
    ...KEPT,
    enabled: isOfTraces,
    select: listedTraces,
  })
  const observations = useInfiniteQuery({
    ...observationsQuery(project, explored),
    ...KEPT,
    enabled: list === 'observations',
    select: listedObservations,
  })
  const listed = isOfTraces ? traces : observations
  const { data: rows, hasNextPage, isSuccess } = listed
  const counts = useQuery({
    ...histogramQuery(project, isOfTraces ? 'traces' : 'observations', explored),
    ...KEPT,
    enabled: ref !== undefined && hasNextPage,
  })
  return {
    rows: rows ?? NO_ROWS,
    total: hasNextPage ? counts.data?.total : rows?.length,
    isEstimate: hasNextPage && counts.data?.isEstimated === true,
    isWhole: isSuccess && !hasNextPage,
    readMore: readOnOf(listed),
  }
}

const NO_ROWS: readonly ListedTrace[] = []

const listedTraces = ({ pages }: InfiniteData<TraceListDto>): readonly ListedTrace[] =>
  pages.flatMap(({ rows }) => rows.map(({ id, observations }) => ({ id, traceId: id, observations })))

const listedObservations = ({ pages }: InfiniteData<ObservationListDto>): readonly ListedTrace[] =>
  pages.flatMap(({ rows }) => rows.map(({ id, traceId }) => ({ id, traceId })))
