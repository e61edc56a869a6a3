import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ExploredView, FilterCondition, HistogramFigure } from '@xtrace/contract'
import { useCallback, useMemo, useState } from 'react'
import { printQuery } from '#lib/filter/print.ts'
import type { Query } from '#lib/filter/query.ts'
import { useInterval } from '#project/use-interval.ts'
import { useProject } from '#project/use-project.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { type TraceViewSearch, traceViewOf } from '#search/trace-view-search.ts'
import { useReturn } from './list-place.ts'
import { DEFAULT_SORT, exploredOf, filterOf } from './list-question.ts'
import { useLinkedLayout } from './use-linked-layout.ts'

/** What a table keeps in the URL. */
export interface TableState extends TraceViewSearch {
  readonly q?: string | undefined
  readonly sort?: string | undefined
  readonly cols?: string[] | undefined
  readonly view?: string | undefined
  readonly peek?: string | undefined
  readonly live?: '1' | undefined
  /** What is drawn over the table; how many rows there are when absent. */
  readonly chart?: HistogramFigure | undefined
  /** The time range, shared by all pages. */
  readonly t?: string | undefined
}

/** The filter with the environments as one more condition, for those who take no environments beside it. */
function filterWithEnv(filters: readonly FilterCondition[], env: readonly string[]): FilterCondition[] {
  if (env.length === 0) return [...filters]
  return [...filters, { type: 'stringOptions', column: 'environment', operator: 'any of', value: [...env] }]
}

export type ExplorerState = ReturnType<typeof useExplorer>

/** The question that a table asks, from the URL, and the ways to change it. */
export function useExplorer(view: ExploredView, search: TableState) {
  const { project } = useProject()
  const { t, env, setSearch } = useSharedSearch()
  const [version, setVersion] = useState(0)
  const { q = '', sort = DEFAULT_SORT, live } = search
  const place = useReturn(JSON.stringify([t, env, q, sort, live, version]))
  const rolling = useInterval(version)
  const interval = place && place.t === t && live === undefined ? place.interval : rolling
  const navigate = useNavigate()
  const client = useQueryClient()
  const { query, filters, marks, filter } = useMemo(() => filterOf(view, q), [view, q])
  const setState = useCallback(
    async (change: TableState, isReplacing = false) => {
      await navigate({ to: '.', search: (earlier) => ({ ...earlier, ...change }), replace: isReplacing })
    },
    [navigate],
  )
  const { layout, setLayout } = useLinkedLayout({
    name: view,
    cols: search.cols,
    setCols: (cols) => setState({ cols }, true),
    isOwn: search.view === undefined,
  })
  const { explored, listed } = exploredOf(view, { interval, env, filter, sort, shown: layout.shown })
  return {
    view,
    project,
    search,
    t,
    env,
    interval,
    /** Where the viewer comes back to, if they do. */
    place,
    q,
    query,
    marks,
    sort,
    /** Filter and environments, as JSON. */
    wholeFilter: JSON.stringify(filterWithEnv(filters, env)),
    explored,
    /** What the rows are asked for with: those columns too that the viewer added. */
    listed,
    layout,
    setLayout,
    setState,
    setSearch,
    setQ: (text: string) => setState({ q: text === '' ? undefined : text }),
    setQuery: (next: Query) => setState({ q: next.length === 0 ? undefined : printQuery(next) }),
    setSort: (next: string) => setState({ sort: next === DEFAULT_SORT ? undefined : next }),
    /** How the trace of a row is looked at, if it is the one that is peeked at: its page opens in the same way. */
    viewOf: (id: string): TraceViewSearch => (id === search.peek ? traceViewOf(search) : {}),
    openTrace: ({ traceId, node }: { readonly traceId: string; readonly node: string | undefined }) =>
      void navigate({
        to: '/p/$project/traces/$trace',
        params: { project: project.id, trace: traceId },
        search: { node },
      }),
    /** Counts the refreshes. */
    version,
    /** Rolls the time range on and asks anew. */
    refresh: () => {
      setVersion((earlier) => earlier + 1)
      void client.invalidateQueries({ queryKey: [view, project.id] })
      void client.invalidateQueries({ queryKey: ['histogram', view, project.id] })
    },
  }
}
