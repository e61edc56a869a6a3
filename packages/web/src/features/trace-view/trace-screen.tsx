import type { SkeletonDto } from '@xtrace/contract'
import { type ComponentType, memo, useLayoutEffect, useMemo, useState } from 'react'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useKeys } from '#keys/use-keys.ts'
import { nodeOfId } from '#lib/trace/find.ts'
import { buildOutline } from '#lib/trace/outline.ts'
import { levelCode } from '#lib/trace/skeleton.ts'
import type { TraceModel } from './model/trace-model.ts'
import { useCompareMark } from './model/use-compare-mark.ts'
import { type Found, useFind, walkTo } from './model/use-find.ts'
import { useLiveTrace } from './model/use-live-trace.ts'
import { usePayloadMatches } from './model/use-payload-matches.ts'
import { useTraceModel } from './model/use-trace-model.ts'
import { useTraceSearch } from './model/use-trace-search.ts'
import { TraceContext, type TraceContextValue } from './model/use-trace-view.ts'
import { useUrlSync } from './model/use-url-sync.ts'
import { createViewStore, type ViewStore } from './model/view-store.ts'
import { parseZoom } from './model/zoom-text.ts'

interface OpenedTrace {
  readonly project: string
  readonly traceId: string
  /** What it is drawn in: a page, or a peek. */
  readonly Frame: ComponentType<{ readonly found: Found }>
  /** Whether what begins last is selected while the trace grows, until the viewer selects something. */
  readonly isFollowing: boolean
}

/** A trace that has been read, kept up to date while it is looked at. */
export const TraceScreen = memo(function TraceScreen({ dto, ...opened }: OpenedTrace & { readonly dto: SkeletonDto }) {
  const model = useTraceModel(dto)
  return model ? <ModelScreen model={model} {...opened} /> : <SkeletonRows count={24} height={26} />
})

function ModelScreen({ model, project, traceId, Frame, isFollowing }: OpenedTrace & { readonly model: TraceModel }) {
  const { s = '' } = useTraceSearch()
  const view = useView(model, isFollowing)
  const found = useFind(model, s, usePayloadMatches(model, project, s))
  useLiveTrace(project, traceId)
  useUrlSync(view)
  const context = useMemo<TraceContextValue>(
    () => ({
      project,
      traceId,
      view,
      walk: (direction) => walkTo(view, found.mask ? found.nodes : view.shown.get().model.errors, direction),
    }),
    [project, traceId, view, found],
  )
  const mark = useCompareMark(context)
  useKeys('Trace', [
    { keys: 'm', label: 'Mark for comparing, then compare', run: mark },
    { keys: 'n', label: 'Next error or match', run: () => context.walk(1) },
    { keys: 'shift+n', label: 'Previous error or match', run: () => context.walk(-1) },
  ])
  return (
    <TraceContext value={context}>
      <Frame found={found} />
    </TraceContext>
  )
}

/** The store of this view, made once and given every new version, grouping and level. */
function useView(model: TraceModel, isFollowing: boolean): ViewStore {
  const { node, zoom, group = 'none', min } = useTraceSearch()
  const level = min === undefined ? 0 : levelCode(min)
  const outline = useMemo(() => (group === 'none' ? model.outline : buildOutline(model.tree, group)), [model, group])
  const [view] = useState(() => {
    const created = createViewStore(model, outline, level)
    if (node !== undefined) created.go(nodeOfId(model.tree, node))
    else created.following.set(isFollowing)
    const range = parseZoom(zoom)
    if (range) created.zoom.set({ fromMs: model.tree.fromMs + range.fromMs, toMs: model.tree.fromMs + range.toMs })
    return created
  })
  useLayoutEffect(() => view.update(model, outline, level), [view, model, outline, level])
  return view
}
