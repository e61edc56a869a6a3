import { useQuery } from '@tanstack/react-query'
import { metricNamesQuery } from '#api/metrics.ts'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { SdkLines } from '#components/empty-state/sdk-lines.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { printSeries } from '#lib/metrics/series-text.ts'
import { useProject } from '#project/use-project.ts'
import { MetricNames } from './metric-picker.tsx'
import { MetricsExplorer } from './metrics-explorer.tsx'
import { useMetricsSearch } from './use-metrics-search.ts'

/** Values over time of the metrics that programs sent. */
export function MetricsPage() {
  const { project } = useProject()
  const { search, change } = useMetricsSearch()
  const names = useQuery(metricNamesQuery(project.id))
  const begin = (metric: string) => change({ s: [printSeries({ aggregation: 'avg', metric, labels: [], by: [] })] })
  return (
    <Page title="Metrics" scrolls>
      {names.isPending ? <SkeletonRows count={12} /> : null}
      {names.error ? (
        <ErrorState error={names.error} doing="read the names of metrics" onRetry={() => names.refetch()} />
      ) : null}
      {names.data?.length === 0 ? <NoMetrics /> : null}
      {names.data && names.data.length > 0 && search.s.length === 0 ? (
        <EmptyState title="Pick a metric" text="It is drawn over the chosen time; more can be added beside it.">
          <div className="w-full max-w-96">
            <MetricNames onPick={begin} />
          </div>
        </EmptyState>
      ) : null}
      {names.data && search.s.length > 0 ? <MetricsExplorer /> : null}
    </Page>
  )
}

const POINT = '{"metrics":[{"name":"queue_depth","labels":{"node_id":"gpu-a"},"value":3}]}'

function NoMetrics() {
  return (
    <EmptyState title="No metrics yet" text="Programs send the points of a metric by name, with labels:">
      <SdkLines
        code={({ url, publicKey, secretKey }) =>
          `curl ${url}/v1/metrics/batch --user '${publicKey}:${secretKey}' \\\n  --json '${POINT}'`
        }
      />
    </EmptyState>
  )
}
