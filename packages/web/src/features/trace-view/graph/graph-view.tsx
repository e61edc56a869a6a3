import { clsx } from 'clsx'
import { useMemo, useState } from 'react'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { Button } from '#components/ui/button.tsx'
import { ViewNote } from '#features/trace-view/header/view-note.tsx'
import { selectedNode } from '#features/trace-view/model/tree-state.ts'
import { type Found, walkTo } from '#features/trace-view/model/use-find.ts'
import { useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { formatCount } from '#lib/format/figures.ts'
import { type AgentGraph, buildGraph, type GraphNode } from '#lib/trace/graph.ts'
import { graphNodeOf, markGraph } from '#lib/trace/graph-shown.ts'
import { labelOf, labelSize } from './edge-label.ts'
import { GraphDrawing } from './graph-drawing.tsx'
import { GraphTable } from './graph-table.tsx'
import { NODE_PX } from './node-size.ts'
import { useLayout } from './use-layout.ts'

const HOWS = [
  { name: 'aggregated', label: 'Aggregated' },
  { name: 'ran', label: 'As it ran' },
] as const

/** What followed what: the steps of the agent as nodes, in the order of their first run; under it the same as a table. */
export function GraphView({ found }: { readonly found: Found }) {
  const { view } = useTraceContext()
  const { model, tree } = useShown()
  const [how, setHow] = useState<'aggregated' | 'ran'>('aggregated')
  const graph = useMemo(() => buildGraph(model.tree, how), [model.tree, how])
  const layout = useLayout(useMemo(() => requestOf(graph), [graph]))
  const selected = selectedNode(tree)
  const marks = useMemo(
    () => markGraph(graph, { shown: tree.shown, found: found.mask }),
    [graph, tree.shown, found.mask],
  )
  const selectedId = useMemo(
    () => (selected === undefined ? undefined : graphNodeOf(model.tree, graph, selected)),
    [model.tree, graph, selected],
  )
  const open = ({ nodes }: GraphNode) => {
    const shown = nodes.filter((node) => tree.shown?.[node] !== 0)
    walkTo(view, shown.length > 0 ? shown : nodes, 1)
  }
  const facts = { graph, marks, selectedId, selected, onOpen: open }
  if (graph.nodes.length === 0)
    return <EmptyState title="No steps" text="Nothing in the trace is a step of an agent." />
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 border-b px-3 text-12 text-text-2">
        {HOWS.map(({ name, label }) => (
          <Button
            key={name}
            kind="quiet"
            aria-pressed={how === name}
            className={clsx('text-12!', how === name && 'bg-selected! text-accent!')}
            onClick={() => setHow(name)}
          >
            {label}
          </Button>
        ))}
        {how === 'ran' && graph.how === 'aggregated' ? <span>too many to draw one by one</span> : null}
        {graph.joined > 0 ? <span>{graph.joined} lighter ones are joined as other</span> : null}
        <ViewNote
          leftOut={
            marks.dimmed > 0
              ? `${formatCount(marks.dimmed)} of ${formatCount(marks.steps)} nodes dimmed: their level is left out`
              : undefined
          }
          foundOutside={marks.foundOutside}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-auto">
        {layout === 'too-slow' ? (
          <p className="p-4 text-12 text-text-2">The graph is too entangled to be drawn; the table has all of it.</p>
        ) : layout === 'waiting' ? null : (
          <GraphDrawing {...facts} layout={layout} />
        )}
        {layout === 'waiting' ? null : <GraphTable {...facts} hasDrawing={layout !== 'too-slow'} />}
      </div>
    </div>
  )
}

const requestOf = ({ nodes, edges }: AgentGraph) => ({
  nodes: nodes.map(({ id, kind }) => ({ id, ...NODE_PX[kind] })),
  edges: edges
    .filter(({ from, to }) => from !== to)
    .map((edge) => ({ from: edge.from, to: edge.to, label: labelSize(labelOf(edge)) })),
})
