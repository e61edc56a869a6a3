import { z } from 'zod'
import type { TokenizerConfig } from '#domain/model.ts'
import type { CountTokens } from './encodings.ts'

const Message = z.looseObject({ role: z.string(), content: z.string(), name: z.string().optional() })
const Messages = z.array(Message).min(1)
type Message = z.infer<typeof Message>

/** The fields of a message that a model reads; all others are the client's own. */
const COUNTED = ['content', 'role', 'name', 'tool_calls', 'function_call', 'toolCalls', 'functionCall'] as const

/** Every answer is primed with three tokens. */
const PRIMING = 3

/** The value as chat messages; undefined when it is anything else. */
export function chatMessagesOf(value: unknown): readonly Message[] | undefined {
  return Messages.safeParse(value).data
}

/** Tokens of the messages' fields and of what the model's format puts around them. */
export function countChat(messages: readonly Message[], config: TokenizerConfig, count: CountTokens): number {
  return messages.reduce((sum, message) => sum + countMessage(message, config, count), PRIMING)
}

function countMessage(message: Message, config: TokenizerConfig, count: CountTokens): number {
  const frame = (config.tokensPerMessage ?? 3) + (message.name ? (config.tokensPerName ?? 1) : 0)
  return COUNTED.reduce((sum, field) => sum + countField(message[field], count), frame)
}

function countField(value: unknown, count: CountTokens): number {
  if (value === undefined || value === null) return 0
  return count(typeof value === 'string' ? value : JSON.stringify(value))
}
