import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { dailyMetricsQuery } from '#api/metrics.ts'
import type { ChartSeries } from '#components/chart/chart-data.ts'
import { TimeChart } from '#components/chart/time-chart.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { useProject } from '#project/use-project.ts'
import type { Interval } from '#search/time-range.ts'
import { dailyCost } from './daily-cost.ts'

interface UserCostProps {
  readonly user: string
  readonly interval: Interval
  readonly env: readonly string[]
}

/** The cost of each day of the time range. */
export function UserCost({ user, interval, env }: UserCostProps) {
  const { project } = useProject()
  const days = useQuery(dailyMetricsQuery(project.id, { user, interval, env }))
  const { data } = days
  const drawn = useMemo(() => (data ? dailyCost(data, interval) : undefined), [data, interval])
  const series = useMemo(
    (): ChartSeries[] => [{ label: 'Cost', colour: 'chart-1', values: drawn?.values ?? [] }],
    [drawn],
  )
  return (
    <div className="overflow-y-auto p-4">
      {days.isPending ? <SkeletonRows count={6} /> : null}
      {days.error ? <ErrorState error={days.error} doing="sum up the days" onRetry={() => days.refetch()} /> : null}
      {drawn ? (
        <section aria-label="Cost by day" className="rounded-6 border bg-surface">
          <TimeChart
            title="Cost by day (UTC)"
            times={drawn.times}
            series={series}
            interval={drawn.interval}
            format={formatCost}
            kind="bars"
            height={260}
          />
        </section>
      ) : null}
    </div>
  )
}
