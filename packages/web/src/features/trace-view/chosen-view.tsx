import { lazy, memo, Suspense } from 'react'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { Found } from './model/use-find.ts'
import { useTraceSearch } from './model/use-trace-search.ts'
import { useViewName } from './model/use-view-name.ts'
import { TreePane } from './tree/tree-pane.tsx'

const TranscriptView = lazy(async () => ({
  default: (await import('./transcript/transcript-view.tsx')).TranscriptView,
}))
const GraphView = lazy(async () => ({ default: (await import('./graph/graph-view.tsx')).GraphView }))
const LogView = lazy(async () => ({ default: (await import('./log/log-view.tsx')).LogView }))

interface ChosenViewProps {
  readonly found: Found
  /** The width that it will have. */
  readonly likelyPx: number
}

/** The tree, or how else the trace is looked at. */
export const ChosenView = memo(function ChosenView({ found, likelyPx }: ChosenViewProps) {
  const { gaps = 'auto' } = useTraceSearch()
  const v = useViewName()
  if (v === 'tree') return <TreePane folding={gaps} matches={found.mask} likelyPx={likelyPx} />
  return (
    <Suspense fallback={<SkeletonRows count={20} height={26} />}>
      {v === 'transcript' ? (
        <TranscriptView found={found} />
      ) : v === 'graph' ? (
        <GraphView found={found} />
      ) : (
        <LogView found={found} />
      )}
    </Suspense>
  )
})
