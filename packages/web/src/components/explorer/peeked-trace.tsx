import { useRouter } from '@tanstack/react-router'
import { type ComponentType, Suspense } from 'react'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useAfter } from '#components/ui/use-after.ts'
import type { TraceViewSearch } from '#search/trace-view-search.ts'

export interface TracePeekProps {
  readonly project: string
  readonly traceId: string
  /** What the address says of how it is looked at. */
  readonly search: TraceViewSearch
}

/** The trace view beside a list, as the route of a trace hands it out. */
export type TracePeekComponent = ComponentType<TracePeekProps> & { readonly preload?: () => Promise<void> | undefined }

/** For how long a peek must stay before the trace is drawn: who only looks at the facts waits for no more. */
const REST_MS = 120

/** Whether the peek has been open for long enough; it follows the focus once that rests, too. */
export const useIsOpenLong = (): boolean => useAfter(REST_MS)

interface PeekedTraceProps extends TracePeekProps {
  /** Until then its place is kept. */
  readonly isReady: boolean
}

/** The view of a trace, under what the list knows of it. */
export function PeekedTrace({ isReady, ...props }: PeekedTraceProps) {
  const TracePeek = useTracePeek()
  return (
    <Suspense fallback={<PeekSkeleton />}>
      {TracePeek && isReady ? <TracePeek {...props} /> : <PeekSkeleton />}
    </Suspense>
  )
}

export const useTracePeek = (): TracePeekComponent | undefined =>
  useRouter().routesByPath['/p/$project/traces/$trace'].options.staticData?.TracePeek

/** In the place of the view, its verdict and its tools. */
export const PeekSkeleton = () => <SkeletonRows count={16} height={26} />
