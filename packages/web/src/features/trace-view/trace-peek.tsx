import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { skeletonQuery } from '#api/trace.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { PeekSkeleton, type TracePeekProps } from '#components/explorer/peeked-trace.tsx'
import { TraceSearchContext } from './model/use-trace-search.ts'
import { PeekFrame } from './peek-frame.tsx'
import { TraceScreen } from './trace-screen.tsx'

/** The trace view beside a list: what its page shows, one under the other. */
export function TracePeek({ project, traceId, search }: TracePeekProps) {
  const { data, error, refetch } = useQuery(skeletonQuery(project, traceId))
  // Keys of the list, and their paints, come in between.
  const drawn = useDeferredValue(data, undefined)
  if (error && !data) return <ErrorState error={error} doing="read the trace" onRetry={() => refetch()} />
  if (!drawn) return <PeekSkeleton />
  return (
    <TraceSearchContext value={search}>
      <TraceScreen dto={drawn} project={project} traceId={traceId} Frame={PeekFrame} isFollowing={false} />
    </TraceSearchContext>
  )
}
