/** A session as one conversation: a turn for each trace, in order of their starts. */
import type { Message } from '#lib/chat/chat.ts'
import { messageText } from '#lib/chat/prompt-change.ts'

export interface ReplayTrace {
  readonly id: string
  readonly startMs: number
  readonly endMs: number
  /** Messages of the root, and of the last generation; empty when they are no chats. */
  readonly rootInput: readonly Message[]
  readonly rootOutput: readonly Message[]
  readonly lastInput: readonly Message[]
  readonly lastOutput: readonly Message[]
  /** Tools in the order of their runs. */
  readonly tools: readonly { readonly name: string; readonly isError: boolean }[]
}

export interface ToolChip {
  readonly name: string
  readonly count: number
  readonly errors: number
}

export interface ReplayTurn<Trace extends ReplayTrace> {
  readonly trace: Trace
  readonly user: Message | undefined
  readonly assistant: Message | undefined
  readonly tools: readonly ToolChip[]
  /** Since the end of all turns before, when longer than a minute. */
  readonly pauseMs: number | undefined
  /** Neither side is a chat: the trace's name, input and output in brief stand here instead. */
  readonly isBrief: boolean
}

const LONG_PAUSE_MS = 60_000

export function replaySession<Trace extends ReplayTrace>(traces: readonly Trace[]): readonly ReplayTurn<Trace>[] {
  const seen = new Map<string, number>()
  let reachedMs = Number.POSITIVE_INFINITY
  return traces
    .toSorted((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1))
    .map((trace) => {
      const user = newestUser(trace, seen)
      const assistant = finalAnswer(trace)
      const pause = trace.startMs - reachedMs
      reachedMs = Math.max(Number.isFinite(reachedMs) ? reachedMs : trace.endMs, trace.endMs)
      const pauseMs = pause > LONG_PAUSE_MS ? pause : undefined
      return { trace, user, assistant, tools: chipsOf(trace), pauseMs, isBrief: !user && !assistant }
    })
}

const keyOf = (message: Message): string => `${message.role}\n${messageText(message)}`

/**
 * The last message of the user that no turn before has held, or not as often. A repeated question is shown when it is
 * all there is. `seen` tells how often a turn held a message at most.
 */
function newestUser({ rootInput, lastInput }: ReplayTrace, seen: Map<string, number>): Message | undefined {
  const isAsked = ({ role }: Message) => role === 'user'
  const asked = rootInput.some(isAsked) ? rootInput.filter(isAsked) : lastInput.filter(isAsked)
  const counts = new Map<string, number>()
  const isNew = asked.map((message) => {
    const key = keyOf(message)
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count > (seen.get(key) ?? 0)
  })
  for (const [key, count] of counts) seen.set(key, Math.max(count, seen.get(key) ?? 0))
  return asked[isNew.lastIndexOf(true)] ?? (asked.length === 1 ? asked[0] : undefined)
}

/** Of the root, else of the last generation; an answer that only calls tools is none. */
function finalAnswer({ rootOutput, lastOutput }: ReplayTrace): Message | undefined {
  const speaks = ({ role, parts }: Message) =>
    role === 'assistant' && parts.some((part) => part.type !== 'tool_call' && part.type !== 'thinking')
  return rootOutput.findLast(speaks) ?? lastOutput.findLast(speaks)
}

function chipsOf({ tools }: ReplayTrace): ToolChip[] {
  const chips = new Map<string, ToolChip>()
  for (const { name, isError } of tools) {
    const known = chips.get(name) ?? { name, count: 0, errors: 0 }
    chips.set(name, { name, count: known.count + 1, errors: known.errors + Number(isError) })
  }
  return [...chips.values()]
}
