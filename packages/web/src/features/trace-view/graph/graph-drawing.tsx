import { clsx } from 'clsx'
import { OctagonX } from 'lucide-react'
import { useRef } from 'react'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import type { GraphEdge, GraphNode } from '#lib/trace/graph.ts'
import { isDimmed, type StepMarks } from '#lib/trace/graph-shown.ts'
import { labelOf } from './edge-label.ts'
import type { LaidOut, Point } from './layout-graph.ts'
import { callsText, type MarkedGraph, useInSight } from './marked-graph.ts'
import { NODE_PX } from './node-size.ts'

interface GraphDrawingProps extends MarkedGraph {
  readonly layout: LaidOut
}

/** Edges as lines, nodes as buttons; the table under it tells readers the same. */
export function GraphDrawing({ graph, marks, layout, selectedId, selected, onOpen }: GraphDrawingProps) {
  const drawn = graph.edges.filter(({ from, to }) => from !== to)
  const repeats = new Map(graph.edges.flatMap(({ from, to, count }) => (from === to ? [[from, count] as const] : [])))
  return (
    <div className="relative mx-auto" style={{ width: layout.width, height: layout.height }}>
      <svg width={layout.width} height={layout.height} className="absolute inset-0" aria-hidden="true">
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" className="fill-text-3" />
          </marker>
        </defs>
        {drawn.map((edge, index) => (
          <EdgeLine
            key={`${edge.from} ${edge.to}`}
            edge={edge}
            points={layout.paths[index] ?? []}
            labelAt={layout.labels[index]}
          />
        ))}
      </svg>
      {graph.nodes.map((node, index) => {
        const { x = 0, y = 0 } = layout.places[index] ?? {}
        return (
          <div key={node.id} className="absolute" style={{ left: x, top: y, ...NODE_PX[node.kind] }}>
            {node.kind === 'start' || node.kind === 'end' ? (
              <span className="flex size-full items-center justify-center rounded-8 bg-sunken text-11 text-text-2">
                {node.name}
              </span>
            ) : (
              <StepNode
                node={node}
                repeats={repeats.get(node.id)}
                marks={marks.byId.get(node.id)}
                isSelected={node.id === selectedId}
                selected={selected}
                onOpen={() => onOpen(node)}
              />
            )}
          </div>
        )
      })}
    </div>
  )
}

interface StepNodeProps {
  readonly node: GraphNode
  /** How often it followed itself. */
  readonly repeats: number | undefined
  readonly marks: StepMarks | undefined
  readonly isSelected: boolean
  /** The observation that is selected. */
  readonly selected: number | undefined
  onOpen(): void
}

function StepNode({ node, repeats, marks, isSelected, selected, onOpen }: StepNodeProps) {
  const button = useRef<HTMLButtonElement>(null)
  useInSight(button, isSelected, selected)
  const { type, name, calls, p50Ms, cost, errors } = node
  const isFaint = isDimmed(node, marks)
  const found = marks?.found ?? 0
  return (
    <button
      ref={button}
      type="button"
      onClick={onOpen}
      title={isFaint ? 'Left out by its level' : undefined}
      className={clsx(
        'flex size-full scroll-m-6 flex-col justify-center gap-0.5 rounded-6 border px-2 text-left',
        isFaint ? 'border-line border-dashed text-text-3' : errors > 0 ? 'border-error' : 'border-control',
        isSelected ? 'bg-selected' : 'bg-surface hover:bg-hover',
      )}
    >
      <span className="flex items-center gap-1.5 text-12">
        <TypeIcon type={type} />
        <span className={clsx('truncate', !isFaint && 'font-medium')}>{found > 0 ? <mark>{name}</mark> : name}</span>
        {calls > 1 ? (
          <span className={clsx('tabular shrink-0', !isFaint && 'text-text-2')}>×{callsText(node, marks)}</span>
        ) : null}
        {errors > 0 ? (
          <span className="tabular ml-auto flex shrink-0 items-center gap-0.5 text-11 text-error">
            <OctagonX size={12} strokeWidth={1.5} aria-label="Errors" />
            {errors}
          </span>
        ) : null}
      </span>
      <span className="tabular truncate text-11 text-text-3">
        {formatDuration(p50Ms)}
        {Number.isNaN(cost) ? '' : ` · ${formatCost(cost)}`}
        {repeats ? ` · ${repeats} times in a row` : ''}
        {found > 0 && calls > 1 ? ` · ${found} found` : ''}
      </span>
    </button>
  )
}

interface EdgeLineProps {
  readonly edge: GraphEdge
  readonly points: readonly Point[]
  readonly labelAt: Point | undefined
}

function EdgeLine({ edge, points, labelAt }: EdgeLineProps) {
  return (
    <>
      <path
        d={curve(points)}
        fill="none"
        markerEnd="url(#arrow)"
        className={edge.isLoop ? 'stroke-accent' : 'stroke-text-3'}
        strokeWidth={Math.min(4, 1 + Math.log10(edge.count))}
        {...(edge.isLoop && { strokeDasharray: '5 3' })}
      />
      {labelAt ? (
        <text
          {...labelAt}
          textAnchor="middle"
          dominantBaseline="central"
          strokeWidth={4}
          className="tabular fill-text-2 stroke-surface text-11 [paint-order:stroke]"
        >
          {labelOf(edge)}
        </text>
      ) : null}
    </>
  )
}

/** Through the middles between the points, bent at the points. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  const last = rest.at(-1)
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point
    const isEnd = index === rest.length - 2
    const [x, y] = isEnd ? [next.x, next.y] : [(point.x + next.x) / 2, (point.y + next.y) / 2]
    return `Q${point.x} ${point.y} ${x} ${y}`
  })
  return `M${first.x} ${first.y}${bends.join('')}${bends.length === 0 && last ? `L${last.x} ${last.y}` : ''}`
}
