import { Link } from '@tanstack/react-router'
import type { OverviewDto } from '@xtrace/contract'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { buttonLook } from '#components/ui/button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useProject } from '#project/use-project.ts'
import { OverviewCharts } from './overview-charts.tsx'
import { OverviewTiles } from './overview-tiles.tsx'
import { useOverview } from './use-home.ts'

/** How the project fares: figures, each a door to its rows, and charts of which any drag zooms all. */
export function HomePage() {
  const { project } = useProject()
  const { overview, interval, before, earlier } = useOverview()
  return (
    <Page title="Home" scrolls>
      {overview.isPending ? <SkeletonRows count={12} /> : null}
      {overview.error ? (
        <ErrorState error={overview.error} doing="sum up the traces" onRetry={() => overview.refetch()} />
      ) : null}
      {overview.data ? (
        <div className={overview.isPlaceholderData ? 'opacity-60' : ''}>
          <OverviewTiles overview={overview.data} project={project.id} />
          {isEmpty(overview.data) ? (
            <NothingYet project={project.id} />
          ) : (
            <OverviewCharts
              overview={overview.data}
              interval={interval}
              earlier={earlier && { buckets: earlier.buckets, stepMs: earlier.stepMs, interval: before }}
              project={project.id}
            />
          )}
        </div>
      ) : null}
    </Page>
  )
}

const isEmpty = ({ total, groups }: OverviewDto) => total.traces === 0 && groups.length === 0

function NothingYet({ project }: { readonly project: string }) {
  return (
    <EmptyState title="No traces in this time range" text="Choose a longer one at the top, or connect a program.">
      <Link to="/p/$project/welcome" params={{ project }} className={buttonLook({ kind: 'primary' })}>
        Connect a program
      </Link>
    </EmptyState>
  )
}
