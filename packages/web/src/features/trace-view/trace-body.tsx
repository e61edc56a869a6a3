import { getRouteApi } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { lazy, memo, Suspense, useRef } from 'react'
import { Splitter } from '#components/page/splitter.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useAfterPaint } from '#components/ui/use-after-paint.ts'
import { bodyLayout, LEAST_PX, pageWidth } from './model/body-layout.ts'
import { useTaste } from './model/taste.ts'
import { NO_ROW } from './model/tree-state.ts'
import type { Found } from './model/use-find.ts'
import { useShownPart, useTraceContext } from './model/use-trace-view.ts'
import { useViewName } from './model/use-view-name.ts'
import { NoObservations } from './no-observations.tsx'
import { TreePane } from './tree/tree-pane.tsx'
import { useElementWidth } from './tree/use-element-width.ts'

const route = getRouteApi('/p/$project/traces/$trace')

const TranscriptView = lazy(async () => ({
  default: (await import('./transcript/transcript-view.tsx')).TranscriptView,
}))
/** Fetched beside the shape of the trace, and drawn after the tree. */
const loadDetail = async () => ({ default: (await import('./detail/detail-panel.tsx')).DetailPanel })
// Who draws it hears of a failure.
loadDetail().catch(() => {})
const DetailPanel = lazy(loadDetail)
const GraphView = lazy(async () => ({ default: (await import('./graph/graph-view.tsx')).GraphView }))
const LogView = lazy(async () => ({ default: (await import('./log/log-view.tsx')).LogView }))

/** The chosen view, and beside it what is selected. */
export function TraceBody({ found }: { readonly found: Found }) {
  const body = useRef<HTMLDivElement>(null)
  const width = useElementWidth(body, pageWidth)
  const { view } = useTraceContext()
  const hasSelection = useShownPart(({ tree }) => tree.selected !== NO_ROW)
  const isEmpty = useShownPart(({ model }) => model.tree.order.length === 0)
  const [taste, setTaste] = useTaste()
  const hasTree = useAfterPaint(true)
  const { isNarrow, detailPx } = bodyLayout(width, taste.detailPx)
  const isDetailOver = isNarrow && hasSelection
  // There is nothing to select: what the trace itself says has the room.
  const isDetailBelow = isNarrow && isEmpty
  return (
    <div ref={body} className={clsx('relative flex min-h-0 flex-1', isDetailBelow && 'flex-col')}>
      <div className={clsx('flex min-h-0 min-w-0', !isDetailBelow && 'flex-1')} inert={isDetailOver}>
        {isEmpty ? <NoObservations /> : <ChosenView found={found} />}
      </div>
      {isNarrow ? null : (
        <Splitter
          label="Width of the detail"
          valuePx={detailPx}
          side="right"
          minPx={LEAST_PX}
          maxPx={Math.max(LEAST_PX, width - LEAST_PX)}
          onChange={(px) => setTaste({ detailPx: px })}
        />
      )}
      {isNarrow && !isDetailBelow ? null : (
        <aside
          aria-label="Detail"
          className={clsx('flex min-h-0 flex-col bg-surface', isDetailBelow ? 'flex-1 border-t' : 'shrink-0')}
          style={isDetailBelow ? undefined : { width: detailPx }}
        >
          <Suspense fallback={null}>{hasTree ? <DetailPanel /> : null}</Suspense>
        </aside>
      )}
      {isDetailOver ? (
        <aside aria-label="Detail" className="absolute inset-0 z-20 flex animate-appear flex-col bg-surface">
          <Suspense fallback={null}>
            <DetailPanel onClose={() => view.go(undefined)} />
          </Suspense>
        </aside>
      ) : null}
    </div>
  )
}

const ChosenView = memo(function ChosenView({ found }: { readonly found: Found }) {
  const { gaps = 'auto' } = route.useSearch()
  const v = useViewName()
  if (v === 'tree') return <TreePane folding={gaps} matches={found.mask} />
  return (
    <Suspense fallback={<SkeletonRows count={20} height={26} />}>
      {v === 'transcript' ? <TranscriptView /> : v === 'graph' ? <GraphView /> : <LogView found={found} />}
    </Suspense>
  )
})
