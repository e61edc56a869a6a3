import { useNavigate } from '@tanstack/react-router'
import type { OverviewDto } from '@xtrace/contract'
import { clsx } from 'clsx'
import { type ReactNode, useMemo } from 'react'
import type { OverviewKey } from '#api/overview.ts'
import { TimeChart } from '#components/chart/time-chart.tsx'
import { pythonClient, SdkLines } from '#components/empty-state/sdk-lines.tsx'
import { Select } from '#components/ui/select.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatScore, formatShortCount } from '#lib/format/figures.ts'
import { formatTokens } from '#lib/format/tokens.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { fixedRange, type Interval } from '#search/time-range.ts'
import { KEY_WORDS } from './group-doors.ts'
import { GroupTable } from './group-table.tsx'
import {
  bucketTimes,
  earlierSeries,
  groupSeries,
  groupTotals,
  latencySeries,
  type Measure,
  scoreSeries,
  traceSeries,
} from './overview-series.ts'
import { useHomeSearch } from './use-home.ts'

interface OverviewChartsProps {
  readonly overview: OverviewDto
  readonly interval: Interval
  /** Of the period before, to be drawn under this one. */
  readonly earlier: EarlierPeriod | undefined
  readonly project: string
}

interface EarlierPeriod extends Pick<OverviewDto, 'buckets' | 'stepMs'> {
  readonly interval: Interval
}

/** Charts with one cursor: a drag on any sets the time range of the page, a click opens the traces of the bucket. */
export function OverviewCharts({ overview, interval, earlier, project }: OverviewChartsProps) {
  const { stepMs, buckets, groups, otherGroups, scores } = overview
  const { setSearch } = useSharedSearch()
  const navigate = useNavigate()
  const { by, measure } = useHomeSearch()
  const times = useMemo(() => bucketTimes(interval, stepMs), [interval, stepMs])
  const before = useEarlier(earlier)
  const traces = useMemo(() => {
    const now = traceSeries(times, buckets)
    return before ? [...now, before.traces] : now
  }, [times, buckets, before])
  const latencies = useMemo(() => {
    const now = latencySeries(times, buckets)
    return before ? [...now, before.p90] : now
  }, [times, buckets, before])
  const { noun, none } = KEY_WORDS[by]
  const byKey = useMemo(() => groupSeries(times, groups, { measure, none }), [times, groups, measure, none])
  const means = useMemo(() => scoreSeries(times, scores), [times, scores])
  const shared = {
    times,
    interval,
    cursorGroup: 'home',
    onZoom: (zoomed: Interval) => void setSearch({ t: fixedRange(zoomed) }),
    onPick: (at: number) =>
      void navigate({
        to: '/p/$project/traces',
        params: { project },
        search: (now) => ({ env: now.env, t: fixedRange({ fromMs: at, toMs: at + stepMs }) }),
      }),
  }
  return (
    <div className="grid gap-4 p-4 lg:grid-cols-2">
      <Panel>
        <TimeChart
          {...shared}
          title="Traces"
          series={traces}
          format={formatShortCount}
          kind={before ? 'line' : 'bars'}
          isStacked={!before}
          actions={<PreviousSwitch />}
        />
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
          title={`${MEASURES[measure].label} by ${noun}`}
          series={byKey}
          format={MEASURES[measure].format}
          kind="bars"
          isStacked
          actions={<GroupChoices />}
        />
      </Panel>
      <Panel>
        <GroupTable by={by} totals={groupTotals(groups, measure)} others={otherGroups} project={project} />
      </Panel>
      <Panel isWide>
        {means.length === 0 ? (
          <NoScores />
        ) : (
          <TimeChart {...shared} title="Scores, mean" series={means} format={formatScore} />
        )}
      </Panel>
    </div>
  )
}

const scoreLine = 'langfuse.create_score(trace_id=trace_id, name="helpful", value=1, data_type="BOOLEAN")'

function NoScores() {
  return (
    <div className="flex flex-col gap-2 p-3">
      <h2 className="font-medium">Scores, mean</h2>
      <p className="text-12 text-text-2">No numbers or truth values were given in this time. With the Python SDK:</p>
      <SdkLines code={(client) => `${pythonClient(client)}\n${scoreLine}`} />
    </div>
  )
}

function useEarlier(earlier: EarlierPeriod | undefined) {
  const { buckets, stepMs, interval } = earlier ?? {}
  return useMemo(
    () => (buckets && stepMs && interval ? earlierSeries(bucketTimes(interval, stepMs), buckets) : undefined),
    [buckets, stepMs, interval],
  )
}

function Panel({ children, isWide = false }: { readonly children: ReactNode; readonly isWide?: boolean }) {
  return (
    <section className={clsx('min-w-0 overflow-auto rounded-6 border bg-surface', isWide && 'lg:col-span-2')}>
      {children}
    </section>
  )
}

function PreviousSwitch() {
  const { hasPrevious, change } = useHomeSearch()
  return (
    <span className="flex items-center gap-2 text-12 text-text-2">
      <Switch
        isOn={hasPrevious}
        onChange={(isOn) => change({ hasPrevious: isOn })}
        label="Compare with the period before"
      />
      The period before
    </span>
  )
}

const MEASURES: Readonly<Record<Measure, { readonly label: string; format(value: number): string }>> = {
  cost: { label: 'Cost', format: formatCost },
  tokens: { label: 'Tokens', format: formatTokens },
  calls: { label: 'Count', format: formatShortCount },
}

const MEASURE_OPTIONS: readonly { readonly value: Measure; readonly label: string }[] = [
  { value: 'cost', label: MEASURES.cost.label },
  { value: 'tokens', label: MEASURES.tokens.label },
  { value: 'calls', label: MEASURES.calls.label },
]

const KEY_OPTIONS: readonly { readonly value: OverviewKey; readonly label: string }[] = [
  { value: 'model', label: 'by model' },
  { value: 'name', label: 'by name' },
  { value: 'user', label: 'by user' },
  { value: 'environment', label: 'by environment' },
]

function GroupChoices() {
  const { by, measure, change } = useHomeSearch()
  return (
    <>
      <Select
        label="What is measured"
        value={measure}
        options={MEASURE_OPTIONS}
        onChange={(chosen) => change({ measure: chosen })}
      />
      <Select label="Told apart by" value={by} options={KEY_OPTIONS} onChange={(chosen) => change({ by: chosen })} />
    </>
  )
}
