/**
 * The tree and its waterfall in one scroller: of the rows only those are mounted that are near what is seen, and one
 * canvas draws the bars beside them.
 */
import { type MouseEvent, useEffect, useId, useMemo, useRef } from 'react'
import { useTaste } from '#features/trace-view/model/taste.ts'
import { isOpen, NO_ROW, reveal, select, setOpen } from '#features/trace-view/model/tree-state.ts'
import { useFirstFocus } from '#features/trace-view/model/use-first-focus.ts'
import { useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { type GapFolding, scaleNow } from '#features/trace-view/waterfall/scale-store.ts'
import { useTouchZoom } from '#features/trace-view/waterfall/use-touch-zoom.ts'
import { useWheelZoom } from '#features/trace-view/waterfall/use-wheel-zoom.ts'
import { Waterfall } from '#features/trace-view/waterfall/waterfall.tsx'
import { groupOfRow, hasRowsBelow } from '#lib/trace/outline.ts'
import type { TimeScale } from '#lib/trace/time-scale.ts'
import { shapeOfRow } from '#lib/trace/waterfall.ts'
import { siblingPlaces } from './sibling-places.ts'
import type { TreeLayout } from './tree-layout.ts'
import { TreeRow } from './tree-row.tsx'
import { useRowWindow } from './use-row-window.ts'

interface TreeRowsProps {
  readonly layout: TreeLayout
  readonly folding: GapFolding
  /** By node: 1 where it is searched for. */
  readonly matches: Uint8Array | undefined
  scaleNow(): TimeScale
  readonly scroller: React.RefObject<HTMLDivElement | null>
}

export function TreeRows({ layout, folding, matches, scroller, scaleNow: scale }: TreeRowsProps) {
  const { view } = useTraceContext()
  const [taste] = useTaste()
  const { model, tree } = useShown()
  const { rowPx, wordsPx, barLeftPx, barWidthPx, barMiddlePx } = layout
  const treeId = useId()
  const places = useMemo(() => siblingPlaces(tree.outline), [tree.outline])
  const { from, to } = useRowWindow(scroller, { count: tree.visible.length, rowPx })
  useWheelZoom(scroller, view, { leftPx: barLeftPx, widthPx: barWidthPx, scaleNow: scale })
  useTouchZoom(scroller, view, { leftPx: barLeftPx, widthPx: barWidthPx, scaleNow: scale })
  useFollowSelection(scroller, rowPx)
  useFirstFocus(scroller)
  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : undefined
    const row = Number(target?.closest('[data-row]')?.getAttribute('data-row') ?? NO_ROW)
    if (row === NO_ROW) return
    const isToggle = target?.closest('[data-toggle]') !== null && hasRowsBelow(tree.outline, row)
    if (isToggle) view.change((now) => setOpen(now, row, !isOpen(now, row)))
    else view.change((now) => select(now, row))
    const member = memberUnder(event, row)
    if (!isToggle && member !== undefined) view.change((now) => reveal(now, member))
  }
  /** Of a group, the member whose bar was clicked. */
  const memberUnder = (event: MouseEvent, row: number): number | undefined => {
    const left = scroller.current?.getBoundingClientRect().left ?? 0
    const px = event.clientX - left - barLeftPx
    if (px < 0 || !groupOfRow(tree.outline, row)) return undefined
    const now = scaleNow(view, barWidthPx, folding)
    const { bars } = shapeOfRow(tree.outline, model.sums, { row, scale: now })
    return bars.find((bar) => px >= bar.fromPx - 2 && px <= bar.fromPx + bar.widthPx + 2)?.node
  }
  const toggle = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : undefined
    const row = Number(target?.closest('[data-row]')?.getAttribute('data-row') ?? NO_ROW)
    if (row !== NO_ROW && !target?.closest('[data-toggle]')) view.change((now) => setOpen(now, row, !isOpen(now, row)))
  }
  const leaveTip = () => view.following.set(false)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are in the registry (use-tree-keys.ts)
    <div
      ref={scroller}
      role="tree"
      aria-label="Observations"
      tabIndex={0}
      {...(tree.selected !== NO_ROW && { 'aria-activedescendant': `${treeId}-${tree.selected}` })}
      className="relative min-h-0 flex-1 overflow-y-auto touch-pan-y overflow-x-hidden bg-surface outline-offset-[-2px]"
      onClick={onClick}
      onDoubleClick={toggle}
      onWheel={leaveTip}
      onTouchMove={leaveTip}
    >
      <div role="presentation" className="relative" style={{ height: tree.visible.length * rowPx }}>
        {Array.from(tree.visible.subarray(from, to), (row, index) => (
          <TreeRow
            key={row}
            model={model}
            outline={tree.outline}
            places={places}
            sums={taste.sums}
            row={row}
            domId={`${treeId}-${row}`}
            topPx={(from + index) * rowPx}
            rowPx={rowPx}
            wordsPx={wordsPx}
            isOpen={isOpen(tree, row)}
            isSelected={row === tree.selected}
            isMatch={matches?.[row] === 1}
          />
        ))}
        <Waterfall
          view={view}
          model={model}
          outline={tree.outline}
          visible={tree.visible}
          from={from}
          to={to}
          rowPx={rowPx}
          barMiddlePx={barMiddlePx}
          leftPx={barLeftPx}
          widthPx={barWidthPx}
          folding={folding}
          hasPath={taste.hasPath}
          hasGrid={wordsPx !== undefined}
        />
      </div>
    </div>
  )
}

/** Rows kept between the selection and the edge. */
const MARGIN_ROWS = 2

/** Scrolls as little as it takes to see the selected row; one far away comes to the middle. */
function useFollowSelection(scroller: React.RefObject<HTMLDivElement | null>, rowPx: number): void {
  const { tree } = useShown()
  const { selected, visible } = tree
  const last = useRef(NO_ROW)
  useEffect(() => {
    const element = scroller.current
    if (!element || selected === NO_ROW || last.current === selected) return
    last.current = selected
    const top = visible.indexOf(selected) * rowPx
    const height = element.clientHeight
    const margin = Math.min(MARGIN_ROWS * rowPx, height / 3)
    const { scrollTop } = element
    if (top < scrollTop - height || top > scrollTop + 2 * height) element.scrollTop = top - height / 2
    else if (top < scrollTop + margin) element.scrollTop = top - margin
    else if (top + rowPx > scrollTop + height - margin) element.scrollTop = top + rowPx + margin - height
  }, [scroller, selected, visible, rowPx])
}
