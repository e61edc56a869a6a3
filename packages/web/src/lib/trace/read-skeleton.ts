import type { SkeletonDto } from '@xtrace/contract'
import { filled, numberColumn, type WordColumn } from './column.ts'
import { levelCode, type TraceSkeleton } from './skeleton.ts'

/** The columns of a trace from what the server sends of it. Tokens are unknown where all of them are 0. */
export function readSkeleton({ nodes, startMs, strings, missing, groups }: SkeletonDto): TraceSkeleton {
  const count = nodes.id.length
  const words = (codes: readonly number[]) => pointsInto(strings, codes)
  /** Of each node the value of the first key that it has one of. */
  const group = (...keys: readonly string[]) => {
    const columns = keys.flatMap((key) => (groups[key] ? [groups[key]] : []))
    const codeAt = (node: number) => columns.map((codes) => codes[node] ?? 0).find((code) => code !== 0) ?? 0
    return words(columns.length === 0 ? [] : Array.from({ length: count }, (_, node) => codeAt(node)))
  }
  const levels = strings.map((text) => levelCode(text))
  const parentIdOf = (place: number) => (place >= 0 ? nodes.id[place] : missing[-2 - place])
  return {
    originMs: startMs,
    ids: nodes.id,
    parentIds: nodes.parent.map(parentIdOf),
    names: words(nodes.name),
    types: { ...words(nodes.type), words: strings.map((text) => text.toUpperCase()) },
    models: words(nodes.model),
    levels: filled(new Uint8Array(count), (node) => levels[nodes.level[node] ?? -1] ?? levelCode(undefined)),
    start: numberColumn(nodes.start),
    end: numberColumn(nodes.end),
    firstToken: numberColumn(nodes.firstToken),
    cost: numberColumn(nodes.cost),
    inputTokens: orUnknown(nodes.inputTokens),
    outputTokens: orUnknown(nodes.outputTokens),
    cachedTokens: orUnknown(nodes.cachedTokens),
    version: new Float64Array(count),
    groupIds: {
      run: group('run_id'),
      turn: group('turn_id'),
      step: group('step_id'),
      agent: group('agent_id', 'agent_name', 'gen_ai.agent.name'),
    },
    graphNodes: group('langgraph_node', 'graph.node.id'),
    graphParents: group('graph.node.parent_id'),
  }

  /** A node without usage comes with zeros: nothing is known of it. */
  function orUnknown(tokens: readonly number[]): Float64Array {
    return filled(new Float64Array(count), (node) => (hasUsage(node) ? (tokens[node] ?? 0) : Number.NaN))
  }
  function hasUsage(node: number): boolean {
    return Boolean(nodes.inputTokens[node] || nodes.outputTokens[node] || nodes.totalTokens[node])
  }
}

/** The empty text, wherever it stands among the strings, is nothing. */
function pointsInto(strings: readonly string[], codes: readonly number[]): WordColumn {
  const codeAt = (index: number) => {
    const place = codes[index] ?? 0
    return strings[place] ? place : -1
  }
  return { codes: filled(new Int32Array(codes.length), codeAt), words: strings }
}
