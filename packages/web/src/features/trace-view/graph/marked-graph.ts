import { type RefObject, useEffect } from 'react'
import { formatCount } from '#lib/format/figures.ts'
import type { AgentGraph, GraphNode } from '#lib/trace/graph.ts'
import type { GraphMarks, StepMarks } from '#lib/trace/graph-shown.ts'

/** A graph, and what is told of its nodes. */
export interface MarkedGraph {
  readonly graph: AgentGraph
  readonly marks: GraphMarks
  /** The node that stands for the selection. */
  readonly selectedId: string | undefined
  /** The observation that is selected. */
  readonly selected: number | undefined
  onOpen(node: GraphNode): void
}

/** How often it was called; of how many, where some are left out. */
export const callsText = ({ calls }: GraphNode, marks: StepMarks | undefined): string =>
  marks === undefined || marks.shown === calls
    ? formatCount(calls)
    : `${formatCount(marks.shown)} of ${formatCount(calls)}`

/** Scrolls to the node that stands for the selection, with every step of the selection. */
export function useInSight(element: RefObject<HTMLElement | null>, isIt: boolean, selected: number | undefined): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another observation of the same node is gone to as well
  useEffect(() => {
    if (isIt) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [element, isIt, selected])
}
