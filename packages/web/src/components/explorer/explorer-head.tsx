import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { histogramQuery } from '#api/explore.ts'
import { Histogram } from '#components/chart/histogram.tsx'
import { FilterBar } from '#components/filter-bar/filter-bar.tsx'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { fixedRange } from '#search/time-range.ts'
import { countLine } from './count-text.ts'
import type { ExplorerState } from './use-explorer.ts'
import { useLiveInterval } from './use-live-interval.ts'

interface ExplorerHeadProps {
  readonly table: ExplorerState
  /** Whether rows come in by themselves, and how often they did. */
  readonly live: { readonly isOn: boolean; readonly news: number }
  /** Whether it is time to count. */
  readonly isCounting: boolean
  /** Right of the filter. */
  readonly actions: ReactNode
  /** In place of the count while rows are selected; always there, for its keys. */
  readonly bulk?: ReactNode
  readonly isSelecting: boolean
  /** Right of the count; while rows are selected, where there is room for them. */
  readonly tools: ReactNode
}

/** Filter, rows over time, how many there are, and what can be done with them. */
export function ExplorerHead({ table, live, isCounting, actions, bulk, isSelecting, tools }: ExplorerHeadProps) {
  const { view, project, env, explored, q, setQ, openTrace, setSearch } = table
  const interval = useLiveInterval(table.interval, live)
  const counts = useQuery({
    ...histogramQuery(project.id, view, { ...explored, interval }),
    placeholderData: (earlier) => earlier,
    enabled: isCounting,
  })
  const { data } = counts
  const { text, hint } = countLine(counts, view)
  useAnnounced('count', isSelecting ? '' : text)
  return (
    <div className="flex shrink-0 flex-col gap-2 border-b px-3 pt-2">
      <div className="flex items-start gap-2">
        <FilterBar
          project={project.id}
          table={view}
          text={q}
          interval={table.interval}
          env={env}
          onApply={setQ}
          onOpen={openTrace}
        />
        {actions}
      </div>
      <Histogram
        // Another interval forgets which bar was under the pointer.
        key={`${table.interval.fromMs} ${table.interval.toMs}`}
        noun={view}
        bars={data?.bars ?? []}
        stepMs={data?.stepMs ?? 1}
        isEstimated={data?.isEstimated ?? false}
        interval={interval}
        height={40}
        onZoom={(zoomed) => setSearch({ t: fixedRange(zoomed) })}
      />
      <div className="flex min-h-8 flex-wrap items-center gap-1 pb-1">
        {isSelecting ? null : (
          <p className="tabular mr-auto text-12 text-text-2" title={hint}>
            {text}
          </p>
        )}
        {bulk}
        <div className={clsx('contents', isSelecting && 'max-xl:hidden')}>{tools}</div>
      </div>
    </div>
  )
}
