import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { useInterval } from '#project/use-interval.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { type Interval, intervalOf, parseTimeRange } from '#search/time-range.ts'
import { CsvButton } from './csv-button.tsx'
import { CutBar } from './cut-bar.tsx'
import { MetricsChart } from './metrics-chart.tsx'
import { SeriesRow } from './series-row.tsx'
import { STEPS, spacingOf, stepOf } from './steps.ts'
import { SummaryTable } from './summary-table.tsx'
import { type MetricDrawing, readSeries, type SeriesText, useMetricLines } from './use-metric-lines.ts'
import { LOOKS, useMetricsSearch } from './use-metrics-search.ts'
import { useRefresh } from './use-refresh.ts'

/** Lines of text, what they draw, and what it comes to. */
export function MetricsExplorer() {
  const { search } = useMetricsSearch()
  const { range } = useSharedSearch()
  const [known, setKnown] = useState({ texts: '', spacingMs: 0 })
  const texts = search.s.join('\n')
  const spacingMs = known.texts === texts ? known.spacingMs : 0
  const step = stepOf(search.step, intervalOf(range, 0), spacingMs)
  const interval = useInterval(useRefresh(range, step.ms))
  const series = useMemo(() => readSeries(search.s), [search.s])
  const { answer, drawing } = useMetricLines(series, interval, step)
  const found = drawing && !answer.isPlaceholderData ? spacingOf(drawing.lines, drawing.step.ms) : 0
  if (found > Math.max(spacingMs, step.ms)) setKnown({ texts, spacingMs: found })
  return (
    <div className="flex flex-col gap-3 p-3">
      <SeriesRows series={series} interval={interval} />
      <Controls />
      {answer.error ? (
        <ErrorState error={answer.error} doing="read the series" onRetry={() => answer.refetch()} />
      ) : null}
      {answer.isPending ? <SkeletonRows count={8} /> : null}
      {drawing ? <Drawn drawing={drawing} isEarlier={answer.isPlaceholderData} isRolling={isRolling(range)} /> : null}
    </div>
  )
}

const isRolling = (range: string): boolean => parseTimeRange(range)?.kind !== 'fixed'

interface DrawnProps {
  readonly drawing: MetricDrawing
  /** Of an earlier question: the answer is on its way. */
  readonly isEarlier: boolean
  readonly isRolling: boolean
}

function Drawn({ drawing, isEarlier, isRolling }: DrawnProps) {
  const { search } = useMetricsSearch()
  if (drawing.lines.length === 0)
    return <p className="px-1 py-6 text-text-2">No points in this time range; choose a longer one at the top.</p>
  return (
    <>
      <CutBar drawing={drawing} />
      <section aria-label="Chart" aria-busy={isEarlier} className="rounded-6 border bg-surface">
        <MetricsChart drawing={drawing} look={search.as} isLog={search.isLog} />
      </section>
      <section aria-label="Figures" className="overflow-x-auto rounded-6 border bg-surface">
        <div className="flex justify-end px-1 pt-1">
          <CsvButton drawing={drawing} />
        </div>
        <SummaryTable lines={drawing.lines} nowMs={isRolling ? drawing.readAtMs : undefined} />
      </section>
    </>
  )
}

interface SeriesRowsProps {
  readonly series: readonly SeriesText[]
  readonly interval: Interval
}

function SeriesRows({ series, interval }: SeriesRowsProps) {
  const { search, change } = useMetricsSearch()
  const last = search.s.at(-1)
  return (
    <div className="flex flex-col items-start gap-2">
      <ul aria-label="Series" className="flex w-full flex-col gap-2">
        {series.map((one, place) => (
          <SeriesRow
            key={one.letter}
            series={one}
            interval={interval}
            onChange={(text) => change({ s: search.s.with(place, text) })}
            onRemove={() => change({ s: search.s.toSpliced(place, 1) })}
          />
        ))}
      </ul>
      <Button kind="quiet" onClick={() => change({ s: [...search.s, ...(last === undefined ? [] : [last])] })}>
        <Plus size={14} strokeWidth={1.5} /> Add a series
      </Button>
    </div>
  )
}

const LOOK_OPTIONS = LOOKS.map((value) => ({ value, label: `As ${value}` }))
const AUTO = 'auto'
const STEP_OPTIONS = [
  { value: AUTO, label: 'Step: automatic' },
  ...STEPS.map(([text]) => ({ value: text, label: `Step: ${text}` })),
]

function Controls() {
  const { search, change } = useMetricsSearch()
  const known = STEPS.find(([text]) => text === search.step)?.[0]
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Select label="Drawn as" value={search.as} options={LOOK_OPTIONS} onChange={(as) => change({ as })} />
      <Select
        label="Step"
        value={known ?? AUTO}
        options={STEP_OPTIONS}
        onChange={(text) => change({ step: text === AUTO ? undefined : text })}
      />
      {search.as === 'table' ? null : (
        <div className="flex items-center gap-2 text-13">
          <Switch isOn={search.isLog} onChange={(log) => change({ log })} label="Logarithmic axis" />
          Logarithmic axis
          {search.isLog ? <span className="text-12 text-text-3">values of 0 and less are not drawn</span> : null}
        </div>
      )}
    </div>
  )
}
