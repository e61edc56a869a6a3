import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Histogram } from '#components/chart/histogram.tsx'
import { FilterBar } from '#components/filter-bar/filter-bar.tsx'
import { fixedRange } from '#search/time-range.ts'
import { ChartFacts } from './chart-facts.tsx'
import { drawnFigure } from './figures.ts'
import { useChart } from './use-chart.ts'
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

/** Filter, rows or a figure of theirs over time, how many there are, and what can be done with them. */
export function ExplorerHead({ table, live, isCounting, actions, bulk, isSelecting, tools }: ExplorerHeadProps) {
  const { view, project, env, q, setQ, openTrace, setSearch } = table
  const interval = useLiveInterval(table.interval, live)
  const chart = useChart(table, { interval, isAsking: isCounting })
  const { figure } = chart
  const { data } = chart.drawn
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
        // Another interval, or figure, forgets which bar was under the pointer.
        key={`${table.interval.fromMs} ${table.interval.toMs} ${figure}`}
        noun={view}
        bars={data?.bars ?? []}
        stepMs={data?.stepMs ?? 1}
        isEstimated={data?.isEstimated ?? false}
        figure={figure && drawnFigure(figure, data ?? {})}
        interval={interval}
        height={40}
        onZoom={(zoomed) => setSearch({ t: fixedRange(zoomed) })}
      />
      <div className="flex min-h-8 flex-wrap items-center gap-1 pb-1">
        {isSelecting ? null : <ChartFacts table={table} chart={chart} />}
        {bulk}
        <div className={clsx('contents', isSelecting && 'max-xl:hidden')}>{tools}</div>
      </div>
    </div>
  )
}
