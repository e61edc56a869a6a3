import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { idOf } from '#features/trace-view/model/trace-model.ts'
import { selectedNode } from '#features/trace-view/model/tree-state.ts'
import type { Found } from '#features/trace-view/model/use-find.ts'
import { useFirstFocus } from '#features/trace-view/model/use-first-focus.ts'
import { useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useKeys } from '#keys/use-keys.ts'
import { at } from '#lib/trace/column.ts'
import { LogRow } from './log-row.tsx'
import { usePreviews } from './use-previews.ts'

const ROW_PX = 26

const NONE_OPEN: ReadonlySet<string> = new Set()

function toggled(open: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(open)
  if (!next.delete(id)) next.add(id)
  return next
}

/** All observations by time, with the first line of what came out of each. */
export function LogView({ found }: { readonly found: Found }) {
  const { view } = useTraceContext()
  const { model, tree, level } = useShown()
  const scroller = useRef<HTMLDivElement>(null)
  const nodes = useMemo(() => {
    const { skeleton, order, start, position } = model.tree
    return order
      .filter((node) => node < skeleton.ids.length && at(skeleton.levels, node) >= level)
      .sort((a, b) => at(start, a) - at(start, b) || at(position, a) - at(position, b))
  }, [model, level])
  const virtual = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => at(nodes, index),
    overscan: 20,
  })
  const items = virtual.getVirtualItems()
  const previews = usePreviews(
    model,
    items.map(({ index }) => at(nodes, index)),
  )
  useFirstFocus(scroller)
  const selected = selectedNode(tree)
  const place = selected === undefined ? -1 : nodes.indexOf(selected)
  const step = (by: number) => () => {
    const next = nodes[Math.max(0, Math.min(nodes.length - 1, place + by))]
    if (next !== undefined) view.go(next)
  }
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' })
  }, [place, virtual])
  // By id: nodes are numbered anew when a live trace grows.
  const [open, setOpen] = useState<ReadonlySet<string>>(NONE_OPEN)
  const toggle = useCallback((id: string) => setOpen((earlier) => toggled(earlier, id)), [])
  const openIt = (isOpen: boolean) => () => {
    const id = selected === undefined ? undefined : idOf(model, selected)
    if (id !== undefined && open.has(id) !== isOpen) toggle(id)
  }
  useKeys('Log', [
    { keys: 'ArrowRight', label: 'Open in place', run: openIt(true) },
    { keys: 'ArrowLeft', label: 'Close', run: openIt(false) },
    { keys: 'ArrowDown', label: 'Next row', run: step(1) },
    { keys: 'j', label: 'Next row', run: step(1) },
    { keys: 'ArrowUp', label: 'Previous row', run: step(-1) },
    { keys: 'k', label: 'Previous row', run: step(-1) },
  ])
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Observations by time"
      tabIndex={0}
      {...(selected !== undefined && { 'aria-activedescendant': `log-${selected}` })}
      className="min-h-0 flex-1 overflow-y-auto bg-surface outline-offset-[-2px]"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const node = at(nodes, index)
          return (
            <LogRow
              key={node}
              model={model}
              node={node}
              index={index}
              topPx={start}
              rowPx={ROW_PX}
              preview={previews.get(model.tree.skeleton.ids[node] ?? '')?.text}
              isSelected={node === selected}
              isMatch={found.mask?.[node] === 1}
              isOpen={open.has(idOf(model, node) ?? '')}
              onSelect={view.go}
              onToggle={toggle}
              measure={virtual.measureElement}
            />
          )
        })}
      </div>
    </div>
  )
}
