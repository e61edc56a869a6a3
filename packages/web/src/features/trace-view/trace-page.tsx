import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import { skeletonQuery } from '#api/trace.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useProject } from '#project/use-project.ts'
import { TraceSearchContext } from './model/use-trace-search.ts'
import { PageFrame } from './page-frame.tsx'
import { TraceScreen } from './trace-screen.tsx'

const ListWalkKeys = lazy(async () => ({ default: (await import('./walk/list-walk.tsx')).ListWalkKeys }))

const route = getRouteApi('/p/$project/traces/$trace')

/** Where there is no room beside the tree the detail lies over it: nothing is selected there but by hand. */
const DETAIL_COVERS = '(max-width: 1023px)'

/** One trace: what it took, its tree and waterfall, and whatever is selected of it in detail. */
export function TracePage() {
  const { project } = useProject()
  const { trace } = route.useParams()
  const search = route.useSearch()
  const skeleton = useQuery(skeletonQuery(project.id, trace))
  const title = skeleton.data?.trace.name ?? 'Trace'
  const { data } = skeleton
  const read = useMemo(() => (data ? { trace, dto: data } : null), [trace, data])
  // Drawing a trace takes longer than a frame: keys and paints come in between.
  const drawn = useDeferredValue(read, null)
  return (
    <Page title={title}>
      {search.ref === undefined ? null : (
        <Suspense fallback={null}>
          <ListWalkKeys />
        </Suspense>
      )}
      {skeleton.error && !data ? (
        <ErrorState error={skeleton.error} doing="read the trace" onRetry={() => skeleton.refetch()} />
      ) : drawn ? (
        <TraceSearchContext value={search}>
          <TraceScreen
            key={drawn.trace}
            dto={drawn.dto}
            project={project.id}
            traceId={drawn.trace}
            Frame={PageFrame}
            isFollowing={!matchMedia(DETAIL_COVERS).matches}
          />
        </TraceSearchContext>
      ) : (
        <SkeletonRows count={24} height={26} />
      )}
    </Page>
  )
}
