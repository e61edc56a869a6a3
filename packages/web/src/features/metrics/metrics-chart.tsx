import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { ChartTable } from '#components/chart/chart-table.tsx'
import { TimeChart } from '#components/chart/time-chart.tsx'
import { formatValue } from '#lib/metrics/metric-value.ts'
import { useProject } from '#project/use-project.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { fixedRange } from '#search/time-range.ts'
import { onlyPositive, tallestFirst } from './series-lines.ts'
import type { MetricDrawing } from './use-metric-lines.ts'
import type { Look } from './use-metrics-search.ts'

interface MetricsChartProps {
  readonly drawing: MetricDrawing
  readonly look: Look
  readonly isLog: boolean
}

const HEIGHT = 320
const KINDS = { line: 'line', area: 'area', bar: 'bars' } as const

/** A drag zooms the page, a click opens the traces of the bucket. */
export function MetricsChart({ drawing, look, isLog }: MetricsChartProps) {
  const { times, lines, interval, step } = drawing
  const { project } = useProject()
  const { setSearch } = useSharedSearch()
  const navigate = useNavigate()
  const isBars = look === 'bar'
  const isStacked = isBars && !isLog
  const series = useMemo(
    () => (isLog ? onlyPositive(isBars ? tallestFirst(lines) : lines) : lines),
    [lines, isLog, isBars],
  )
  const openTraces = (at: number) =>
    void navigate({
      to: '/p/$project/traces',
      params: { project: project.id },
      search: (earlier) => ({ env: earlier.env, t: fixedRange({ fromMs: at, toMs: at + step.ms }) }),
    })
  if (look === 'table')
    return <ChartTable title="Values" times={times} series={lines} height={HEIGHT} format={formatValue} />
  return (
    <TimeChart
      title={isStacked && lines.length > 1 ? 'Values, stacked' : 'Values'}
      times={times}
      series={series}
      interval={interval}
      format={formatValue}
      kind={KINDS[look]}
      isStacked={isStacked}
      isLog={isLog}
      height={HEIGHT}
      onZoom={(zoomed) => void setSearch({ t: fixedRange(zoomed) })}
      onPick={openTraces}
    />
  )
}
