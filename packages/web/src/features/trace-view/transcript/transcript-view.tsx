import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { WantedText } from '#components/find/find-context.ts'
import { useTextMarks } from '#components/find/use-text-marks.ts'
import { ViewNote } from '#features/trace-view/header/view-note.tsx'
import { selectedNode } from '#features/trace-view/model/tree-state.ts'
import type { Found } from '#features/trace-view/model/use-find.ts'
import { useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useKeys } from '#keys/use-keys.ts'
import { pairCalls } from '#lib/chat/pairing.ts'
import { formatCount } from '#lib/format/figures.ts'
import { countBelow } from '#lib/trace/stand-in.ts'
import { foundOutside, placeOfNode, type ShownEntry, shownTranscript } from '#lib/trace/transcript-shown.ts'
import { EntryView } from './entry-view.tsx'
import { useKeptInSight } from './use-kept-in-sight.ts'
import { useOpenAgents, useTranscript } from './use-transcript.ts'

const GUESS_PX = 96
/** A single letter stands everywhere. */
const LEAST_CHARS = 2

/** The trace as one conversation, 72 characters wide, with the time in the margin. */
export function TranscriptView({ found }: { readonly found: Found }) {
  const { view } = useTraceContext()
  const { model, tree } = useShown()
  const scroller = useRef<HTMLDivElement>(null)
  const selected = selectedNode(tree)
  const [open, openAgent] = useOpenAgents(model.tree, selected)
  const { entries, onSight } = useTranscript(model, open)
  const pairing = useMemo(
    () => pairCalls(entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message] : []))),
    [entries],
  )
  const { shown, leftOut } = useMemo(() => shownTranscript(entries, tree.shown), [entries, tree.shown])
  const outside = useMemo(() => foundOutside(model.tree, entries, found.mask), [model.tree, entries, found.mask])
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESS_PX,
    getItemKey: (index) => shown[index]?.key ?? index,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const last = shown[items.at(-1)?.index ?? 0]?.index ?? 0
  useEffect(() => onSight(last + 1), [onSight, last])
  useEntryKeys(shown)
  const wanted = found.text.length < LEAST_CHARS ? '' : found.text
  useTextMarks(scroller, wanted)
  const place = useMemo(
    () => (selected === undefined ? undefined : placeOfNode(model.tree, shown, { node: selected, wanted })),
    [model.tree, shown, selected, wanted],
  )
  const heightPx = virtual.getTotalSize()
  useKeptInSight(scroller, {
    selected,
    place,
    heightPx,
    scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  })
  const isEmpty = entries.length === 0
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      {leftOut > 0 || (outside > 0 && !isEmpty) ? (
        <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 border-b px-3 text-12 text-text-2">
          <ViewNote
            leftOut={leftOut > 0 ? `${formatCount(leftOut)} of the steps left out by their level` : undefined}
            foundOutside={outside}
          />
        </div>
      ) : null}
      <div
        ref={scroller}
        {...(shown.length > 0 && { role: 'feed', 'aria-label': 'Transcript' })}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        {isEmpty ? <EmptyState title="No conversation" text="The trace has neither generations nor tools." /> : null}
        <WantedText value={wanted}>
          <div className="relative" style={{ height: heightPx }}>
            {items.map(({ index, start, key }) => {
              const entry = shown[index]?.entry
              return entry ? (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <EntryView
                    entry={entry}
                    pairing={pairing}
                    isSelected={entry.node === selected}
                    isMatch={found.mask?.[entry.node] === 1}
                    foundInside={entry.kind === 'agent' ? countBelow(model.tree, entry.node, found.mask) : 0}
                    onSelect={() => view.go(entry.node)}
                    onOpen={() => openAgent(entry.node)}
                  />
                </div>
              ) : null
            })}
          </div>
        </WantedText>
      </div>
    </div>
  )
}

/** j, k and the arrows walk from entry to entry. */
function useEntryKeys(shown: readonly ShownEntry[]): void {
  const { view } = useTraceContext()
  const step = (by: 1 | -1) => () => {
    const nodes = [...new Set(shown.map(({ entry }) => entry.node))]
    const place = nodes.indexOf(selectedNode(view.shown.get().tree) ?? -1)
    const next = nodes[Math.max(0, Math.min(nodes.length - 1, place + by))]
    if (next !== undefined) view.go(next)
  }
  useKeys('Transcript', [
    { keys: 'ArrowDown', label: 'Next entry', run: step(1) },
    { keys: 'j', label: 'Next entry', run: step(1) },
    { keys: 'ArrowUp', label: 'Previous entry', run: step(-1) },
    { keys: 'k', label: 'Previous entry', run: step(-1) },
  ])
}
