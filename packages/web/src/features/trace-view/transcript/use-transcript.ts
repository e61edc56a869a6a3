import { useCallback, useEffect, useMemo, useState } from 'react'
import type { TraceModel } from '#features/trace-view/model/trace-model.ts'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { buildTranscript, foldsOver, type TranscriptEntry } from '#lib/trace/transcript.ts'
import { type TraceTree, typeOf } from '#lib/trace/tree.ts'
import { useSaid } from './use-said.ts'

/** So many generations are read from the beginning on; beyond, those that are seen. */
const MOST_IN_ORDER = 300
const AHEAD = 8
const BACK = 20

export interface Transcript {
  readonly entries: readonly TranscriptEntry[]
  /** Told how far down one has seen: up to the generations of so many entries. */
  onSight(entries: number): void
}

/** The transcript as far as it has been read; what comes into sight is read next. */
export function useTranscript(model: TraceModel, open: ReadonlySet<number>): Transcript {
  const { project } = useTraceContext()
  const [seen, setSeen] = useState(10)
  const all = useMemo(
    () => generationsOf(model.tree, buildTranscript(model.tree, model.sums, { said: new Map(), open })),
    [model, open],
  )
  const wanted = useMemo(
    () => [
      ...all.slice(0, Math.min(MOST_IN_ORDER, seen + AHEAD)),
      ...all.slice(Math.max(0, seen - BACK, MOST_IN_ORDER), seen),
    ],
    [all, seen],
  )
  const said = useSaid(model, project, wanted)
  const entries = useMemo(() => buildTranscript(model.tree, model.sums, { said, open }), [model, said, open])
  const onSight = useCallback(
    (count: number) => setSeen(generationsOf(model.tree, entries.slice(0, count)).length),
    [model.tree, entries],
  )
  return { entries, onSight }
}

/** The generations among the entries, each once, in their order. */
function generationsOf(tree: TraceTree, entries: readonly TranscriptEntry[]): number[] {
  return [...new Set(entries.map(({ node }) => node).filter((node) => typeOf(tree, node) === 'GENERATION'))]
}

/** Agents within agents that are open: by hand, and what the selection stands in. */
export function useOpenAgents(
  tree: TraceTree,
  selected: number | undefined,
): readonly [ReadonlySet<number>, (agent: number) => void] {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => {
    const over = selected === undefined ? [] : foldsOver(tree, selected)
    setOpen((earlier) => (over.every((agent) => earlier.has(agent)) ? earlier : new Set([...earlier, ...over])))
  }, [tree, selected])
  const openAgent = useCallback((agent: number) => setOpen((earlier) => new Set([...earlier, agent])), [])
  return [open, openAgent]
}
