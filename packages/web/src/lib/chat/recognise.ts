/**
 * Whether a payload is a conversation, and which. Structure decides, hints only break ties; the first
 * format that claims it wins, looked for in the payload itself and then in what it wraps, at most
 * four layers deep, not counting JSON text. Never throws; what no message shows is in `rest`.
 */
import type { Chat, ChatHints } from './chat.ts'
import { isDeeperThan, parseStructure } from './payload.ts'
import { chatOf, type Shape } from './shape.ts'
import { anthropic } from './shapes/anthropic.ts'
import { bedrock } from './shapes/bedrock.ts'
import { completion } from './shapes/completion.ts'
import { gemini } from './shapes/gemini.ts'
import { langchain } from './shapes/langchain.ts'
import { mcpResult } from './shapes/mcp.ts'
import { openaiChat } from './shapes/openai-chat.ts'
import { openaiResponses } from './shapes/openai-responses.ts'
import { openinference } from './shapes/openinference.ts'
import { otelGenAi } from './shapes/otel-genai.ts'
import { pydanticAi } from './shapes/pydantic-ai.ts'
import { vercelAi } from './shapes/vercel-ai.ts'
import { Slot } from './slot.ts'
import { unwrap } from './unwrap.ts'

/** The order is part of the rule: what names itself most plainly comes first. */
export const SHAPES: readonly Shape[] = [
  otelGenAi,
  openinference,
  pydanticAi,
  gemini,
  bedrock,
  anthropic,
  vercelAi,
  openaiResponses,
  langchain,
  openaiChat,
  mcpResult,
  completion,
]

const MOST_LAYERS = 4
/** Readers follow results within results: no deeper than this. */
const MOST_DEPTH = 200
/** Wrappers within wrappers within wrappers: more than this is no chat anyone wrote. */
const MOST_PLACES = 200

interface Place {
  readonly root: Slot
  readonly slot: Slot
}

/** `value` is a parsed payload, or its text. */
export function recogniseChat(value: unknown, hints: ChatHints = {}): Chat | undefined {
  let layer: (() => Place)[] = [() => start(value)]
  let looked = 0
  for (let depth = 0; depth <= MOST_LAYERS && layer.length > 0; depth++) {
    for (const open of layer) {
      const chat = readAt(open(), hints)
      if (chat ?? looked++ > MOST_PLACES) return chat
    }
    layer = layer.flatMap((open) => unwrap(open().slot).map((_, index) => () => step(open(), index)))
  }
  return undefined
}

function readAt({ root, slot }: Place, hints: ChatHints): Chat | undefined {
  if (isDeeperThan(slot.value, MOST_DEPTH)) return undefined
  const shape = SHAPES.find((candidate) => candidate.claims(slot, hints))
  return shape && chatOf(shape.format, root, shape.read(slot, hints))
}

/** A new ledger for each attempt: what one reading takes is no matter of the next. */
function start(value: unknown): Place {
  const root = Slot.of(value)
  return { root, slot: parsed(root) }
}

function step({ root, slot }: Place, index: number): Place {
  return { root, slot: parsed(unwrap(slot)[index]?.() ?? slot) }
}

/** JSON text as its value, also when the text is itself JSON text. */
function parsed(slot: Slot): Slot {
  let at = slot
  for (let count = 0; count < MOST_LAYERS && at.peek !== undefined; count++) {
    const value = parseStructure(at.peek)
    if (value === undefined) break
    at = at.as(value)
  }
  return at
}
