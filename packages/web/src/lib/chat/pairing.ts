/** Which result belongs to which call: by id, else by name and order. */
import type { Message, ToolCallPart, ToolResultPart } from './chat.ts'

export interface Pairing {
  readonly resultOf: ReadonlyMap<ToolCallPart, ToolResultPart>
  readonly callOf: ReadonlyMap<ToolResultPart, ToolCallPart>
  /** Calls of which no result was recorded, and results of which no call was. */
  readonly openCalls: ReadonlySet<ToolCallPart>
  readonly looseResults: ReadonlySet<ToolResultPart>
}

export function pairCalls(messages: readonly Message[]): Pairing {
  const parts = messages.flatMap((message) => message.parts)
  const resultOf = new Map<ToolCallPart, ToolResultPart>()
  const callOf = new Map<ToolResultPart, ToolCallPart>()
  const open: ToolCallPart[] = []
  const loose: ToolResultPart[] = []
  for (const part of parts) {
    if (part.type === 'tool_call') open.push(part)
    if (part.type !== 'tool_result') continue
    const place = matchOf(open, part)
    const [call] = place < 0 ? [] : open.splice(place, 1)
    if (!call) loose.push(part)
    else {
      resultOf.set(call, part)
      callOf.set(part, call)
    }
  }
  return { resultOf, callOf, openCalls: new Set(open), looseResults: new Set(loose) }
}

/** A result with an id that a call has belongs to it; a call or a result without one goes by name, then by order. */
function matchOf(open: readonly ToolCallPart[], { id, name }: ToolResultPart): number {
  const byId = id === undefined ? -1 : open.findIndex((call) => call.id === id)
  if (byId >= 0) return byId
  const free = (call: ToolCallPart) => id === undefined || call.id === undefined
  const byName = open.findIndex((call) => free(call) && name !== undefined && call.name === name)
  return byName >= 0 || name !== undefined ? byName : open.findIndex(free)
}
