import { lazy, Suspense, useRef } from 'react'
import { Splitter } from '#components/page/splitter.tsx'
import { useTaste } from '#features/trace-view/model/taste.ts'
import { hiddenNodes } from '#features/trace-view/model/tree-state.ts'
import { useTraceSearch } from '#features/trace-view/model/use-trace-search.ts'
import { useModel, useShownPart, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { Axis } from '#features/trace-view/waterfall/axis.tsx'
import { MinimapBar } from '#features/trace-view/waterfall/minimap-bar.tsx'
import { type GapFolding, useScaleNow } from '#features/trace-view/waterfall/scale-store.ts'
import { TimeCursor } from '#features/trace-view/waterfall/time-cursor.tsx'
import { formatCount } from '#lib/format/figures.ts'
import { treeLayout } from './tree-layout.ts'
import { TreeRows } from './tree-rows.tsx'
import { useElementWidth } from './use-element-width.ts'
import { useIsCoarse } from './use-is-coarse.ts'
import { useTreeKeys } from './use-tree-keys.ts'

const Lanes = lazy(async () => ({ default: (await import('#features/trace-view/lanes/lanes.tsx')).Lanes }))

interface TreePaneProps {
  readonly folding: GapFolding
  readonly matches: Uint8Array | undefined
  /** The width that it will have. */
  readonly likelyPx: number
}

/** Words left, bars right, one axis over them and the whole trace in small under them. */
export function TreePane({ folding, matches, likelyPx }: TreePaneProps) {
  const { view } = useTraceContext()
  const { lanes = [] } = useTraceSearch()
  const model = useModel()
  const hidden = useShownPart(({ tree }) => hiddenNodes(tree))
  const [taste, setTaste] = useTaste()
  const pane = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const width = useElementWidth(scroller, () => likelyPx)
  const layout = treeLayout(width, taste.treePx, useIsCoarse())
  const { barLeftPx, barWidthPx, wordsPx } = layout
  const scaleNow = useScaleNow(view, barWidthPx, folding)
  useTreeKeys()
  const words = wordsPx === undefined ? undefined : { width: wordsPx }
  return (
    <div ref={pane} className="relative flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <div className="flex h-6 shrink-0 border-b" aria-hidden>
        <div className={words ? 'label flex items-center gap-1.5 px-2' : 'hidden'} style={words}>
          <span className="flex-1 truncate pl-1">Name</span>
          <span className="w-14 text-right">{taste.sums === 'own' ? 'Self' : 'Time'}</span>
          <span className="w-16 text-right">Cost</span>
        </div>
        <div style={{ marginLeft: barLeftPx - (wordsPx ?? 0), width: barWidthPx }}>
          <Axis view={view} widthPx={barWidthPx} folding={folding} />
        </div>
      </div>
      <TreeRows layout={layout} folding={folding} matches={matches} scroller={scroller} scaleNow={scaleNow} />
      {wordsPx === undefined ? null : (
        <div className="absolute inset-y-0 left-0 flex" style={{ left: wordsPx }}>
          <Splitter
            label="Width of the names"
            valuePx={wordsPx}
            side="left"
            minPx={200}
            maxPx={Math.max(200, width - 160)}
            onChange={(treePx) => setTaste({ treePx })}
          />
        </div>
      )}
      <div className="flex shrink-0 items-stretch border-t">
        <div
          className={words ? 'flex min-w-0 flex-col justify-center px-3 text-11 text-text-3' : 'hidden'}
          style={words}
        >
          <span className="tabular truncate">{formatCount(model.tree.skeleton.ids.length)} observations</span>
          <span className="tabular truncate">
            {hidden > 0
              ? `${formatCount(hidden)} folded or left out`
              : `${formatCount(model.tree.roots.length)} at the top`}
          </span>
        </div>
        <div style={{ marginLeft: barLeftPx - (wordsPx ?? 0) }}>
          <MinimapBar view={view} model={model} widthPx={barWidthPx} folding={folding} />
        </div>
      </div>
      {lanes.length > 0 ? (
        <Suspense fallback={null}>
          <Lanes layout={layout} folding={folding} />
        </Suspense>
      ) : null}
      <TimeCursor view={view} area={pane} leftPx={barLeftPx} widthPx={barWidthPx} scaleNow={scaleNow} />
    </div>
  )
}
