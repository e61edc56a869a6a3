import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { OverviewDto } from '@xtrace/contract'
import { type ReactNode, useMemo } from 'react'
import { TimeChart } from '#components/chart/time-chart.tsx'
import { Select } from '#components/ui/select.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatShortCount } from '#lib/format/figures.ts'
import { formatTokens } from '#lib/format/tokens.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { fixedRange, type Interval } from '#search/time-range.ts'
import { ModelTable } from './model-table.tsx'
import {
  bucketTimes,
  latencySeries,
  type ModelMeasure,
  modelSeries,
  modelTotals,
  traceSeries,
} from './overview-series.ts'

interface OverviewChartsProps {
  readonly overview: OverviewDto
  readonly interval: Interval
  readonly project: string
}

const route = getRouteApi('/p/$project/')

const MEASURES: Readonly<Record<ModelMeasure, { readonly label: string; format(value: number): string }>> = {
  cost: { label: 'Cost', format: formatCost },
  tokens: { label: 'Tokens', format: formatTokens },
  calls: { label: 'Calls', format: formatShortCount },
}

const measureOf = (by: string | undefined): ModelMeasure => (by === 'tokens' || by === 'calls' ? by : 'cost')

/** Charts with one cursor: a drag on any sets the time range of the page, a click opens the traces of the bucket. */
export function OverviewCharts({ overview, interval, project }: OverviewChartsProps) {
  const { stepMs, buckets, models } = overview
  const { setSearch } = useSharedSearch()
  const navigate = useNavigate()
  const measure = measureOf(route.useSearch().by)
  const times = useMemo(() => bucketTimes(interval, stepMs), [interval, stepMs])
  const traces = useMemo(() => traceSeries(times, buckets), [times, buckets])
  const latencies = useMemo(() => latencySeries(times, buckets), [times, buckets])
  const byModel = useMemo(() => modelSeries(times, models, measure), [times, models, measure])
  const shared = {
    times,
    interval,
    cursorGroup: 'home',
    onZoom: (zoomed: Interval) => void setSearch({ t: fixedRange(zoomed) }),
    onPick: (at: number) =>
      void navigate({
        to: '/p/$project/traces',
        params: { project },
        search: (earlier) => ({ env: earlier.env, t: fixedRange({ fromMs: at, toMs: at + stepMs }) }),
      }),
  }
  return (
    <div className="grid gap-4 p-4 lg:grid-cols-2">
      <Panel>
        <TimeChart {...shared} title="Traces" series={traces} format={formatShortCount} kind="bars" isStacked />
      </Panel>
      <Panel>
        <TimeChart
          {...shared}
          title="Latency"
          series={latencies}
          format={(seconds) => formatDuration(seconds * 1000)}
        />
      </Panel>
      <Panel>
        <TimeChart
          {...shared}
          title={`${MEASURES[measure].label} by model`}
          series={byModel}
          format={MEASURES[measure].format}
          kind="bars"
          isStacked
          actions={<MeasureSelect measure={measure} />}
        />
      </Panel>
      <Panel>
        <ModelTable totals={modelTotals(models, measure)} project={project} />
      </Panel>
    </div>
  )
}

function Panel({ children }: { readonly children: ReactNode }) {
  return <section className="min-w-0 overflow-auto rounded-6 border bg-surface">{children}</section>
}

const OPTIONS: readonly { readonly value: ModelMeasure; readonly label: string }[] = [
  { value: 'cost', label: MEASURES.cost.label },
  { value: 'tokens', label: MEASURES.tokens.label },
  { value: 'calls', label: MEASURES.calls.label },
]

function MeasureSelect({ measure }: { readonly measure: ModelMeasure }) {
  const navigate = useNavigate()
  const choose = (by: ModelMeasure) =>
    void navigate({ to: '.', search: (earlier) => ({ ...earlier, by: by === 'cost' ? undefined : by }) })
  return <Select label="What is shown by model" value={measure} options={OPTIONS} onChange={choose} />
}
