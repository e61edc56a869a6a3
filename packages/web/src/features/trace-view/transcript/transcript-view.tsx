import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { selectedNode } from '#features/trace-view/model/tree-state.ts'
import { useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useKeys } from '#keys/use-keys.ts'
import { pairCalls } from '#lib/chat/pairing.ts'
import { buildTranscript, type TranscriptEntry } from '#lib/trace/transcript.ts'
import { type TraceTree, typeOf } from '#lib/trace/tree.ts'
import { EntryView } from './entry-view.tsx'
import { useSaid } from './use-said.ts'

const GUESS_PX = 96
/** So many generations are read from the beginning on; beyond, those that are seen. */
const MOST_IN_ORDER = 300
const AHEAD = 8

/** The trace as one conversation, 72 characters wide, with the time in the margin. */
export function TranscriptView() {
  const { project, view } = useTraceContext()
  const { model, tree } = useShown()
  const scroller = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const [seen, setSeen] = useState<readonly [number, number]>([0, 10])
  const wantedAll = useMemo(
    () => generationsOf(model.tree, buildTranscript(model.tree, model.sums, { said: new Map(), open })),
    [model, open],
  )
  const [from, to] = seen
  const wanted = useMemo(
    () => [
      ...wantedAll.slice(0, Math.min(MOST_IN_ORDER, to + AHEAD)),
      ...wantedAll.slice(Math.max(from, MOST_IN_ORDER), to),
    ],
    [wantedAll, from, to],
  )
  const said = useSaid(model, project, wanted)
  const entries = useMemo(() => buildTranscript(model.tree, model.sums, { said, open }), [model, said, open])
  const pairing = useMemo(
    () => pairCalls(entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message] : []))),
    [entries],
  )
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESS_PX,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const seenGenerations = useMemo(
    () => generationsOf(model.tree, entries.slice(0, last + 1)).length,
    [model.tree, entries, last],
  )
  useEffect(() => setSeen([Math.max(0, seenGenerations - 20), seenGenerations]), [seenGenerations])
  const selected = selectedNode(tree)
  useEntryKeys(entries)
  useFollow(selected, (node) => {
    const place = entries.findIndex((entry) => entry.node === node)
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' })
  })
  if (entries.length === 0)
    return <EmptyState title="No conversation" text="The trace has neither generations nor tools." />
  const toggle = (node: number) => {
    const next = new Set(open)
    if (!next.delete(node)) next.add(node)
    setOpen(next)
  }
  return (
    <div ref={scroller} role="feed" aria-label="Transcript" className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const entry = entries[index]
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
                onSelect={() => view.go(entry.node)}
                onToggle={() => toggle(entry.node)}
              />
            </div>
          ) : null
        })}
      </div>
    </div>
  )
}

/** The generations among the entries, each once, in their order. */
function generationsOf(tree: TraceTree, entries: readonly TranscriptEntry[]): number[] {
  return [...new Set(entries.map(({ node }) => node).filter((node) => typeOf(tree, node) === 'GENERATION'))]
}

/** Scrolls to the first entry of another selection; not when entries arrive. */
function useFollow(selected: number | undefined, scrollTo: (node: number) => void): void {
  const latest = useRef(scrollTo)
  useEffect(() => {
    latest.current = scrollTo
  })
  useEffect(() => {
    if (selected !== undefined) latest.current(selected)
  }, [selected])
}

/** j, k and the arrows walk from entry to entry. */
function useEntryKeys(entries: readonly TranscriptEntry[]): void {
  const { view } = useTraceContext()
  const step = (by: 1 | -1) => () => {
    const nodes = [...new Set(entries.map(({ node }) => node))]
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
