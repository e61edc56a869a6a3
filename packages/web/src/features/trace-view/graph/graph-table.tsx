import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import type { AgentGraph, GraphNode } from '#lib/trace/graph.ts'

/** The facts of the graph, a row a node, and where each leads. */
export function GraphTable({ graph, onOpen }: { readonly graph: AgentGraph; onOpen(node: GraphNode): void }) {
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
          <tr key={node.id} className="border-b">
            <td className="py-1 pr-6">
              <button
                type="button"
                className="flex min-h-6 items-center gap-1.5 hover:text-accent"
                onClick={() => onOpen(node)}
              >
                <TypeIcon type={node.type} />
                {node.name}
              </button>
            </td>
            <td className="pr-6 text-right">{formatCount(node.calls)}</td>
            <td className="pr-6 text-right">{formatDuration(node.p50Ms)}</td>
            <td className="pr-6 text-right">{formatDuration(node.totalMs)}</td>
            <td className="pr-6 text-right">{formatCost(node.cost)}</td>
            <td className={node.errors > 0 ? 'pr-6 text-right text-error' : 'pr-6 text-right'}>
              {formatCount(node.errors)}
            </td>
            <td className="text-text-2">{leadsTo(node.id)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
