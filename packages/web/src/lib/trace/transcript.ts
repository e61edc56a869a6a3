/**
 * A trace as a conversation: of each generation what its agent had not said before, then its answer;
 * tools beside the calls that they answer; agents within agents as one line.
 */
import type { Message, ToolCallPart } from '#lib/chat/chat.ts'
import { messageKey } from '#lib/chat/history.ts'
import { at } from './column.ts'
import { NO_NODE } from './parents.ts'
import type { TraceSums } from './sums.ts'
import { durationOf, nameOf, type TraceTree, typeOf } from './tree.ts'

/** The messages of one generation. */
export interface Said {
  readonly input: readonly Message[]
  readonly output: readonly Message[]
}

export type TranscriptEntry =
  /** A message that its agent had not seen before; `isAnswer` when the generation made it. */
  | { readonly kind: 'message'; readonly node: number; readonly message: Message; readonly isAnswer: boolean }
  /** A generation whose messages are not known (yet). */
  | { readonly kind: 'generation'; readonly node: number }
  /** A tool that ran; `call` is what asked for it. */
  | { readonly kind: 'tool'; readonly node: number; readonly call: ToolCallPart | undefined }
  /** The history that the agent was given is not the one that it had: compacted, or edited. */
  | { readonly kind: 'rewritten'; readonly node: number }
  /** An agent within an agent, folded. */
  | {
      readonly kind: 'agent'
      readonly node: number
      readonly steps: number
      readonly ms: number
      readonly cost: number
    }

export interface TranscriptOptions {
  readonly said: ReadonlyMap<number, Said>
  /** Agents within agents that are open. */
  readonly open?: ReadonlySet<number>
}

export function buildTranscript(
  tree: TraceTree,
  sums: TraceSums,
  { said, open = new Set() }: TranscriptOptions,
): readonly TranscriptEntry[] {
  const entries: TranscriptEntry[] = []
  const agents = new Map<string, Agent>()
  const folded = new Set<number>()
  for (const node of stepsOf(tree)) {
    const fold = foldedAgent(tree, node, open)
    if (fold !== undefined) {
      if (!folded.has(fold)) entries.push(lineOf(tree, sums, fold))
      folded.add(fold)
      continue
    }
    const key = agentKey(tree, node, said.get(node))
    const agent = agents.get(key) ?? { seen: [], given: 0, calls: [], ran: new Set() }
    agents.set(key, agent)
    entries.push(
      ...(typeOf(tree, node) === 'TOOL'
        ? [toolEntry(tree, node, agent)]
        : generationEntries(node, said.get(node), agent)),
    )
  }
  return entries
}

/** What an agent has said and heard so far. */
interface Agent {
  /** Keys of its messages, the answers included. */
  seen: readonly string[]
  /** How many of them were its input; the rest is its answer. */
  given: number
  /** Calls that no tool has answered yet. */
  calls: ToolCallPart[]
  /** Ids of calls whose tool is in the transcript. */
  readonly ran: Set<string>
}

const isStep = (tree: TraceTree, node: number): boolean =>
  typeOf(tree, node) === 'GENERATION' || typeOf(tree, node) === 'TOOL'

/** Generations and tools by start; a tool that holds others stands for itself. */
const stepsOf = (tree: TraceTree): number[] =>
  [...tree.order]
    .filter((node) => isStep(tree, node))
    .sort((a, b) => at(tree.start, a) - at(tree.start, b) || at(tree.position, a) - at(tree.position, b))

/** The outermost closed agent that stands within another agent. */
function foldedAgent(tree: TraceTree, node: number, open: ReadonlySet<number>): number | undefined {
  const agents = agentsAbove(tree, node)
  const inner = agents.slice(0, -1).toReversed()
  return inner.find((agent) => !open.has(agent))
}

/** The nearest first. */
function agentsAbove(tree: TraceTree, node: number): number[] {
  const agents: number[] = []
  for (let above = at(tree.parent, node); above !== NO_NODE; above = at(tree.parent, above))
    if (typeOf(tree, above) === 'AGENT') agents.push(above)
  return agents
}

/** Without an agent above, those of one system prompt are one agent. */
function agentKey(tree: TraceTree, node: number, said: Said | undefined): string {
  const [agent] = agentsAbove(tree, node)
  if (agent !== undefined) return `agent ${agent}`
  const system = said?.input.find(({ role }) => role === 'system')
  return system && typeOf(tree, node) === 'GENERATION' ? `system ${messageKey(system)}` : 'none'
}

function lineOf(tree: TraceTree, sums: TraceSums, node: number): TranscriptEntry {
  const from = at(tree.position, node)
  const steps = tree.order.subarray(from, from + at(tree.size, node)).filter((inner) => isStep(tree, inner)).length
  return { kind: 'agent', node, steps, ms: durationOf(tree, node), cost: sums.cost[node] ?? Number.NaN }
}

/** The call is the first open one of the tool's name, else the first of all. */
function toolEntry(tree: TraceTree, node: number, agent: Agent): TranscriptEntry {
  const name = nameOf(tree, node)
  const place = Math.max(
    0,
    agent.calls.findIndex((call) => call.name === name),
  )
  const [call] = agent.calls.splice(place, 1)
  if (call?.id !== undefined) agent.ran.add(call.id)
  return { kind: 'tool', node, call }
}

function generationEntries(node: number, said: Said | undefined, agent: Agent): TranscriptEntry[] {
  if (!said) return [{ kind: 'generation', node }]
  const keys = said.input.map(messageKey)
  const shared = keys.findIndex((key, index) => key !== agent.seen[index])
  const kept = shared < 0 ? keys.length : shared
  const isRewritten = kept < agent.given
  const known = new Set(agent.seen)
  const fresh = said.input.filter(
    (message, index) => index >= kept && !known.has(keys[index] ?? '') && !isAnswered(message, agent),
  )
  agent.seen = [...keys, ...said.output.map(messageKey)]
  agent.given = keys.length
  agent.calls.push(...said.output.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool_call')))
  return [
    ...(isRewritten ? [{ kind: 'rewritten' as const, node }] : []),
    ...fresh.map((message) => ({ kind: 'message' as const, node, message, isAnswer: false })),
    ...said.output.map((message) => ({ kind: 'message' as const, node, message, isAnswer: true })),
  ]
}

/** Results that tools of the transcript show already. */
const isAnswered = ({ parts }: Message, { ran }: Agent): boolean =>
  parts.length > 0 && parts.every((part) => part.type === 'tool_result' && part.id !== undefined && ran.has(part.id))
