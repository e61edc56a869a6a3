import { useNavigate } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ChevronUp } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { Splitter } from '#components/page/splitter.tsx'
import { useAfterPaint } from '#components/ui/use-after-paint.ts'
import { ChosenView } from './chosen-view.tsx'
import { DetailPanel } from './detail/lazy-detail.ts'
import { bodyLayout, LEAST_PX, pageWidth } from './model/body-layout.ts'
import { useTaste } from './model/taste.ts'
import { NO_ROW } from './model/tree-state.ts'
import type { Found } from './model/use-find.ts'
import { useLentFocus } from './model/use-lent-focus.ts'
import { useTraceSearch } from './model/use-trace-search.ts'
import { useShownPart, useTraceContext } from './model/use-trace-view.ts'
import { NoObservations } from './no-observations.tsx'
import { useElementWidth } from './tree/use-element-width.ts'

/** The chosen view, and beside it what is selected. */
export function TraceBody({ found }: { readonly found: Found }) {
  const body = useRef<HTMLDivElement>(null)
  const width = useElementWidth(body, pageWidth)
  const isEmpty = useShownPart(({ model }) => model.tree.order.length === 0)
  const [taste] = useTaste()
  const { isNarrow, detailPx, viewPx } = bodyLayout(width, taste.detailPx)
  const over = useDetailOver(isNarrow && !isEmpty)
  return (
    <div ref={body} className={clsx('relative flex min-h-0 flex-1', isNarrow && 'flex-col')}>
      <div className={clsx('flex min-h-0 min-w-0', (!isNarrow || !isEmpty) && 'flex-1')} inert={over.isOpen}>
        {isEmpty ? <NoObservations /> : <ChosenView found={found} likelyPx={viewPx} />}
      </div>
      {isNarrow ? <NarrowDetail over={over} isEmpty={isEmpty} /> : <WideDetail width={width} detailPx={detailPx} />}
    </div>
  )
}

/** Whether the detail slides over the tree: of a row, or of the trace once that was asked for or the address names a tab. */
function useDetailOver(isNarrow: boolean) {
  const { tab } = useTraceSearch()
  const { view } = useTraceContext()
  const navigate = useNavigate()
  const hasSelection = useShownPart(({ tree }) => tree.selected !== NO_ROW)
  const [isOfTrace, setOfTrace] = useState(tab !== undefined)
  const setTab = (name: 'io' | undefined) =>
    void navigate({ to: '.', search: (old) => ({ ...old, tab: name }), replace: true })
  return {
    isOpen: isNarrow && (hasSelection || isOfTrace),
    openTrace: () => {
      setOfTrace(true)
      setTab('io')
    },
    close: () => {
      view.go(undefined)
      setOfTrace(false)
      // Another tab is that of the next row: what is compared row by row.
      if (tab === 'io') setTab(undefined)
    },
  }
}

function WideDetail({ width, detailPx }: { readonly width: number; readonly detailPx: number }) {
  const [, setTaste] = useTaste()
  const hasTree = useAfterPaint(true)
  return (
    <>
      <Splitter
        label="Width of the detail"
        valuePx={detailPx}
        side="right"
        minPx={LEAST_PX}
        maxPx={Math.max(LEAST_PX, width - LEAST_PX)}
        onChange={(px) => setTaste({ detailPx: px })}
      />
      <aside aria-label="Detail" className="flex min-h-0 shrink-0 flex-col bg-surface" style={{ width: detailPx }}>
        <Suspense fallback={null}>{hasTree ? <DetailPanel /> : null}</Suspense>
      </aside>
    </>
  )
}

interface NarrowDetailProps {
  readonly over: ReturnType<typeof useDetailOver>
  /** There is nothing to select: what the trace itself says has the room. */
  readonly isEmpty: boolean
}

function NarrowDetail({ over, isEmpty }: NarrowDetailProps) {
  if (isEmpty)
    return (
      <aside aria-label="Detail" className="flex min-h-0 flex-1 flex-col border-t bg-surface">
        <Suspense fallback={null}>
          <DetailPanel />
        </Suspense>
      </aside>
    )
  return (
    <>
      <TraceDetailButton isCovered={over.isOpen} onOpen={over.openTrace} />
      {over.isOpen ? <OverDetail onClose={over.close} /> : null}
    </>
  )
}

function OverDetail({ onClose }: { onClose(): void }) {
  const panel = useRef<HTMLElement>(null)
  useLentFocus(panel)
  return (
    <aside
      ref={panel}
      aria-label="Detail"
      tabIndex={-1}
      className="absolute inset-0 z-20 flex animate-appear flex-col bg-surface outline-offset-[-2px]"
    >
      <Suspense fallback={null}>
        <DetailPanel onClose={onClose} />
      </Suspense>
    </aside>
  )
}

interface TraceDetailButtonProps {
  readonly isCovered: boolean
  onOpen(): void
}

/** The way to the detail of the trace itself. */
function TraceDetailButton({ isCovered, onOpen }: TraceDetailButtonProps) {
  return (
    <button
      type="button"
      inert={isCovered}
      className="flex h-9 shrink-0 items-center justify-center gap-1.5 border-t bg-surface font-medium text-12 text-text-2 outline-offset-[-2px] pointer-coarse:h-11"
      onClick={onOpen}
    >
      <ChevronUp size={14} strokeWidth={1.5} aria-hidden />
      Input & output of the trace
    </button>
  )
}
