import { clsx } from 'clsx'
import { useRef } from 'react'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import type { GraphNode } from '#lib/trace/graph.ts'
import { isDimmed } from '#lib/trace/graph-shown.ts'
import { callsText, type MarkedGraph, useInSight } from './marked-graph.ts'

interface GraphTableProps extends MarkedGraph {
  /** Whether the same is drawn over it, and scrolled to there. */
  readonly hasDrawing: boolean
}

/** The facts of the graph, a row a node, and where each leads. */
export function GraphTable({ hasDrawing, ...marked }: GraphTableProps) {
  const { graph, selectedId } = marked
  const steps = graph.nodes.filter(({ kind }) => kind === 'step' || kind === 'other')
  const nameOf = new Map(graph.nodes.map(({ id, name }) => [id, name]))
  const leadsTo = (id: string) =>
    graph.edges
      .filter(({ from }) => from === id)
      .map(({ to, count }) => `${nameOf.get(to)}${count > 1 ? ` ×${count}` : ''}`)
      .join(', ')
  return (
    <table className="m-4 text-12">
      <caption className="sr-only">Steps of the graph</caption>
      <thead className="text-left text-text-3">
        <tr>
          {['Step', 'Calls', 'Median', 'Total', 'Cost', 'Errors', 'Leads to'].map((label) => (
            <th key={label} className="border-b pr-6 pb-1 font-normal">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((node) => (
          <NodeRow
            key={node.id}
            {...marked}
            node={node}
            leadsTo={leadsTo(node.id)}
            isFollowed={!hasDrawing && node.id === selectedId}
          />
        ))}
      </tbody>
    </table>
  )
}

interface NodeRowProps extends MarkedGraph {
  readonly node: GraphNode
  readonly leadsTo: string
  /** Whether it is scrolled to. */
  readonly isFollowed: boolean
}

function NodeRow({ node, leadsTo, isFollowed, marks, selected, selectedId, onOpen }: NodeRowProps) {
  const row = useRef<HTMLTableRowElement>(null)
  useInSight(row, isFollowed, selected)
  const own = marks.byId.get(node.id)
  const isFaint = isDimmed(node, own)
  return (
    <tr ref={row} className={clsx('border-b', isFaint && 'text-text-3', node.id === selectedId && 'bg-selected')}>
      <td className="py-1 pr-6">
        <button
          type="button"
          className="flex min-h-6 items-center gap-1.5 hover:text-accent"
          onClick={() => onOpen(node)}
        >
          <TypeIcon type={node.type} />
          {own && own.found > 0 ? <mark>{node.name}</mark> : node.name}
        </button>
      </td>
      <td className="pr-6 text-right">{callsText(node, own)}</td>
      <td className="pr-6 text-right">{formatDuration(node.p50Ms)}</td>
      <td className="pr-6 text-right">{formatDuration(node.totalMs)}</td>
      <td className="pr-6 text-right">{formatCost(node.cost)}</td>
      <td className={node.errors > 0 && !isFaint ? 'pr-6 text-right text-error' : 'pr-6 text-right'}>
        {formatCount(node.errors)}
      </td>
      <td className={isFaint ? '' : 'text-text-2'}>{leadsTo}</td>
    </tr>
  )
}
