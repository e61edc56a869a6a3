/**
 * A trace as a conversation: of each generation what its agent had not said before, then its answer;
 * tools beside the calls that they answer; agents within agents as one line.
 */
import type { Message, ToolCallPart, ToolResultPart } from '#lib/chat/chat.ts'
import { messageKey } from '#lib/chat/history.ts'
import { at } from './column.ts'
import { NO_NODE } from './parents.ts'
import type { TraceSums } from './sums.ts'
import { nameOf, type TraceTree, typeOf } from './tree.ts'

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
  /** A tool that ran: what asked for it, and what the agent was told that came out. */
  | {
      readonly kind: 'tool'
      readonly node: number
      readonly call: ToolCallPart | undefined
      readonly result: ToolResultPart | undefined
    }
  /** The history that the agent was given is not the one that it had: compacted, or edited. */
  | { readonly kind: 'rewritten'; readonly node: number }
  /** An agent within an agent, folded. */
  | {
      readonly kind: 'agent'
      readonly node: number
      readonly steps: number
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
  const workshops = new Map<number, Workshop>()
  const results = new Map<ToolCallPart, ToolResultPart>()
  const folded = new Set<number>()
  for (const node of stepsOf(tree)) {
    const fold = foldedAgent(tree, node, open)
    if (fold !== undefined) {
      if (!folded.has(fold)) entries.push(lineOf(tree, sums, fold))
      folded.add(fold)
      continue
    }
    const [above = NO_NODE] = agentsAbove(tree, node)
    const workshop = known(workshops, above, () => ({ calls: [], ran: new Map() }))
    if (typeOf(tree, node) === 'TOOL') entries.push(toolEntry(tree, node, workshop))
    else {
      const agent = known(agents, agentKey(above, said.get(node)), () => ({ seen: [], given: 0 }))
      entries.push(
        ...generationEntries(node, said.get(node), { agent, workshop, results, isOfAgent: above !== NO_NODE }),
      )
    }
  }
  return entries.map((entry) =>
    entry.kind === 'tool' && entry.call ? { ...entry, result: results.get(entry.call) } : entry,
  )
}

function known<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

/** What an agent has said and heard so far. */
interface Agent {
  /** Keys of its messages, the answers included. */
  seen: readonly string[]
  /** How many of them were its input; the rest is its answer. */
  given: number
}

/** Calls and tools below one agent; outside of all agents there is one of all. */
interface Workshop {
  /** Calls that no tool has answered yet. */
  readonly calls: ToolCallPart[]
  /** Calls whose tool is in the transcript, by their id. */
  readonly ran: Map<string, ToolCallPart>
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
  return foldsOver(tree, node).findLast((agent) => !open.has(agent))
}

/** Agents that must be open for what stands at the node to be seen, where it is within an agent within another. */
export const foldsOver = (tree: TraceTree, node: number): readonly number[] => agentsAbove(tree, node).slice(0, -1)

/** The nearest first. */
function agentsAbove(tree: TraceTree, node: number): number[] {
  const agents: number[] = []
  for (let above = at(tree.parent, node); above !== NO_NODE; above = at(tree.parent, above))
    if (typeOf(tree, above) === 'AGENT') agents.push(above)
  return agents
}

/** Without an agent above, generations of one system prompt are one agent. */
function agentKey(above: number, said: Said | undefined): string {
  if (above !== NO_NODE) return `agent ${above}`
  const system = said?.input.find(({ role }) => role === 'system')
  return system ? `system ${messageKey(system)}` : 'none'
}

function lineOf(tree: TraceTree, sums: TraceSums, node: number): TranscriptEntry {
  const from = at(tree.position, node)
  const steps = tree.order.subarray(from, from + at(tree.size, node)).filter((inner) => isStep(tree, inner)).length
  return { kind: 'agent', node, steps, cost: sums.cost[node] ?? Number.NaN }
}

/** The call is the first open one of the tool's name, without a name the first of all; what runs within a tool was not called. */
function toolEntry(tree: TraceTree, node: number, { calls, ran }: Workshop): ToolEntry {
  const place = isWithinTool(tree, node) ? -1 : placeOfCall(calls, nameOf(tree, node))
  const [call] = place < 0 ? [] : calls.splice(place, 1)
  if (call?.id !== undefined) ran.set(call.id, call)
  return { kind: 'tool', node, call, result: undefined }
}

type ToolEntry = Extract<TranscriptEntry, { kind: 'tool' }>

/** `execute_tool search` is named after the call of `search` too. */
function placeOfCall(calls: readonly ToolCallPart[], name: string): number {
  if (name === '') return calls.length > 0 ? 0 : -1
  const exact = calls.findIndex((call) => call.name === name)
  const words = new Set(name.split(/[\s:./()]+/))
  return exact >= 0 ? exact : calls.findIndex((call) => words.has(call.name))
}

function isWithinTool(tree: TraceTree, node: number): boolean {
  let above = at(tree.parent, node)
  while (above !== NO_NODE && typeOf(tree, above) !== 'AGENT' && typeOf(tree, above) !== 'TOOL')
    above = at(tree.parent, above)
  return above !== NO_NODE && typeOf(tree, above) === 'TOOL'
}

interface Place {
  readonly agent: Agent
  readonly workshop: Workshop
  /** What came out of each call, as far as it is told. */
  readonly results: Map<ToolCallPart, ToolResultPart>
  /** There is an agent above: its generations are one talk. */
  readonly isOfAgent: boolean
}

function generationEntries(node: number, said: Said | undefined, place: Place): TranscriptEntry[] {
  if (!said) return [{ kind: 'generation', node }]
  const { agent, workshop, isOfAgent } = place
  const keys = said.input.map(spokenKey)
  const shared = keys.findIndex((key, index) => key !== agent.seen[index])
  const kept = shared < 0 ? keys.length : shared
  const left = countOf(agent.seen.slice(kept))
  const isRepeated = keys.map((key, index) => index < kept || takeOne(left, key))
  const fresh = said.input.filter((message, index) => !isRepeated[index] && !isAnswered(message, place))
  // What shares no more than the system prompt is another talk.
  const isOneTalk = isOfAgent || said.input.some(({ role }, index) => role !== 'system' && isRepeated[index])
  const isRewritten = kept < agent.given && isOneTalk
  agent.seen = [...keys, ...said.output.map(spokenKey)]
  agent.given = keys.length
  workshop.calls.push(...said.output.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool_call')))
  return [
    ...(isRewritten ? [{ kind: 'rewritten' as const, node }] : []),
    ...fresh.map((message) => ({ kind: 'message' as const, node, message, isAnswer: false })),
    ...said.output.map((message) => ({ kind: 'message' as const, node, message, isAnswer: true })),
  ]
}

/** What was thought is seldom handed back with what was said. */
const spokenKey = (message: Message): string =>
  messageKey({ ...message, parts: message.parts.filter(({ type }) => type !== 'thinking') })

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Whether there was one of it left. */
function takeOne(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0
  counts.set(key, count - 1)
  return count > 0
}

/** Whether the message is nothing but results of tools of the transcript, which show them. */
function isAnswered({ parts }: Message, { workshop, results }: Place): boolean {
  const told = parts.flatMap((part) => {
    const call = part.type === 'tool_result' ? workshop.ran.get(part.id ?? '') : undefined
    return part.type === 'tool_result' && call ? [[call, part] as const] : []
  })
  if (parts.length === 0 || told.length < parts.length) return false
  for (const [call, result] of told) results.set(call, result)
  return true
}
