/** What is told of the nodes of a graph when not all levels are shown and when something is looked for. */
import type { AgentGraph, GraphNode } from './graph.ts'
import { standInOf } from './stand-in.ts'
import type { TraceTree } from './tree.ts'

export interface StepMarks {
  /** Calls that are not left out. */
  readonly shown: number
  /** Calls that were found. */
  readonly found: number
}

export interface GraphMarks {
  readonly byId: ReadonlyMap<string, StepMarks>
  /** Nodes that stand for something. */
  readonly steps: number
  /** Those all of whose calls are left out. */
  readonly dimmed: number
  /** Found observations that are in no node. */
  readonly foundOutside: number
}

export interface GraphMasks {
  /** 0 for observations that are left out; undefined when all are shown. */
  readonly shown: Uint8Array | undefined
  /** 1 for what was found; undefined when nothing is looked for. */
  readonly found: Uint8Array | undefined
}

export function markGraph({ nodes }: AgentGraph, { shown, found }: GraphMasks): GraphMarks {
  const count = (group: readonly number[], mask: Uint8Array) => group.filter((node) => mask[node] === 1).length
  const byId = new Map(
    nodes.map(({ id, nodes: group }) => [
      id,
      { shown: shown ? count(group, shown) : group.length, found: found ? count(group, found) : 0 },
    ]),
  )
  const all = found?.reduce((sum, one) => sum + one, 0) ?? 0
  const inside = [...byId.values()].reduce((sum, marks) => sum + marks.found, 0)
  return {
    byId,
    steps: nodes.filter(({ calls }) => calls > 0).length,
    dimmed: nodes.filter((node) => isDimmed(node, byId.get(node.id))).length,
    foundOutside: all - inside,
  }
}

/** Whether there is nothing to be shown of a node that stands for something. */
export const isDimmed = ({ calls }: GraphNode, marks: StepMarks | undefined): boolean => calls > 0 && marks?.shown === 0

/** The node of the graph that stands for an observation; undefined when none does. */
export function graphNodeOf(tree: TraceTree, { nodes }: AgentGraph, observation: number): string | undefined {
  const idOf = new Map(nodes.flatMap(({ id, nodes: group }) => group.map((node) => [node, id] as const)))
  const standIn = standInOf(tree, observation, (node) => idOf.has(node))
  return standIn === undefined ? undefined : idOf.get(standIn)
}
