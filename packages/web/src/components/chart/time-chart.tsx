/**
 * A chart over time: lines, areas or bars, one cursor for all charts of a group, a drag zooms, a click picks. The
 * figures under the cursor are written into the legend without a render; the same data is there as a table.
 */
import { Table2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import type { Interval } from '#search/time-range.ts'
import type { ChartSeries } from './chart-data.ts'
import { ChartTable } from './chart-table.tsx'
import type { ChartKind } from './plot-options.ts'

const Plot = lazy(async () => ({ default: (await import('./plot.tsx')).Plot }))

export interface TimeChartProps {
  readonly title: string
  /** Milliseconds since the epoch, ascending: the beginnings of the buckets. */
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly interval: Interval
  format(value: number): string
  readonly kind?: ChartKind
  readonly isStacked?: boolean
  readonly isLog?: boolean
  /** Pixels of the drawing; 180 when absent. */
  readonly height?: number
  /** Charts of one name move their cursors together. */
  readonly cursorGroup?: string
  onZoom?(interval: Interval): void
  /** The bucket that was clicked. */
  onPick?(timeMs: number): void
  /** At the right of the title. */
  readonly actions?: ReactNode
}

export function TimeChart(props: TimeChartProps) {
  const { title, times, series, format, height = 180, onZoom, onPick, actions } = props
  const [isTable, setTable] = useState(false)
  const time = useTimeFormat()
  const figures = useRef<(HTMLSpanElement | null)[]>([])
  const when = useRef<HTMLSpanElement>(null)
  const showFigures = (index: number | null) => {
    const at = index === null ? undefined : times[index]
    if (when.current) when.current.textContent = at === undefined ? '' : time.date(at, Date.now())
    series.forEach(({ values }, place) => {
      const value = index === null ? null : values[index]
      const figure = figures.current[place]
      if (figure) figure.textContent = value === null || value === undefined ? '' : format(value)
    })
  }
  const pick = (index: number) => {
    const at = times[index]
    if (at !== undefined) onPick?.(at)
  }
  return (
    <figure className="flex min-w-0 flex-col">
      <figcaption className="flex min-h-8 items-center gap-2 pl-3">
        <span className="font-medium text-12">{title}</span>
        <span ref={when} className="tabular text-12 text-text-3" />
        <div className="flex-1" />
        {actions}
        <Tooltip text={isTable ? 'As a chart' : 'As a table'}>
          <Button kind="quiet" isIcon aria-label="As a table" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            <Table2 size={14} strokeWidth={1.5} />
          </Button>
        </Tooltip>
      </figcaption>
      {isTable ? (
        <ChartTable title={title} times={times} series={series} format={format} height={height} />
      ) : (
        <Suspense fallback={<div style={{ height }} />}>
          <PlotOf
            {...props}
            height={height}
            zoneName={time.zoneName}
            onHover={showFigures}
            onZoom={onZoom ?? ignore}
            onPick={pick}
          />
        </Suspense>
      )}
      <Legend
        series={series}
        register={(place, element) => {
          figures.current[place] = element
        }}
      />
    </figure>
  )
}

const ignore = () => {}

type PlotOfProps = Omit<TimeChartProps, 'onPick' | 'onZoom'> & {
  readonly height: number
  readonly zoneName: string
  onHover(index: number | null): void
  onZoom(interval: Interval): void
  onPick(index: number): void
}

function PlotOf(props: PlotOfProps) {
  const { kind = 'line', isStacked = false, isLog = false, cursorGroup, times, height } = props
  const [seconds, setSeconds] = useState(() => ({ times, values: times.map((ms) => ms / 1000) }))
  if (seconds.times !== times) setSeconds({ times, values: times.map((ms) => ms / 1000) })
  return <Plot setup={{ ...props, kind, isStacked, isLog, cursorGroup }} times={seconds.values} height={height} />
}

interface LegendProps {
  readonly series: readonly ChartSeries[]
  register(place: number, element: HTMLSpanElement | null): void
}

function Legend({ series, register }: LegendProps) {
  return (
    <ul className="flex flex-wrap gap-x-4 px-3 py-1.5 text-12 text-text-2">
      {series.map(({ label, colour, dash = [], width = 1.5 }, place) => (
        <li key={label} className="flex items-center gap-1.5">
          <svg width={14} height={8} aria-hidden>
            <line
              x1={0}
              x2={14}
              y1={4}
              y2={4}
              stroke={`var(--${colour})`}
              strokeWidth={width + 0.5}
              strokeDasharray={dash.join(' ')}
            />
          </svg>
          <span className="max-w-60 truncate">{label}</span>
          <span ref={(element) => register(place, element)} className="tabular text-text" />
        </li>
      ))}
    </ul>
  )
}
