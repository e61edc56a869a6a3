/** A conversation, whatever format it was recorded in. */
import type { Leftover, Path } from './slot.ts'

export type Role = 'system' | 'user' | 'assistant' | 'tool' | 'other'

export type ChatFormat =
  | 'otel-genai'
  | 'openinference'
  | 'pydantic-ai'
  | 'gemini'
  | 'bedrock'
  | 'anthropic'
  | 'vercel-ai'
  | 'openai-responses'
  | 'langchain'
  | 'openai-chat'
  | 'mcp'
  | 'completion'

export interface Chat {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolDefinition[]
  readonly format: ChatFormat
  /** Alternatives to go on after `messages`, when the model gave more than one. */
  readonly choices: readonly Choice[]
  /** What is in no message, tool or choice. */
  readonly rest: readonly Leftover[]
}

export interface Choice {
  readonly messages: readonly Message[]
}

export interface Message {
  readonly role: Role
  /** As recorded; '' when the format has none. */
  readonly rawRole: string
  readonly name: string | undefined
  readonly parts: readonly Part[]
  /** Into the payload, so that what is shown can be copied and commented on exactly. */
  readonly path: Path
}

export type MediaKind = 'image' | 'audio' | 'video' | 'file'

export type MediaSource =
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'base64'; readonly data: string }
  /** A file that the provider keeps. */
  | { readonly type: 'id'; readonly id: string }

export interface MediaPart {
  readonly type: MediaKind
  readonly source: MediaSource
  readonly mime: string | undefined
  readonly name: string | undefined
}

export interface ToolCallPart {
  readonly type: 'tool_call'
  readonly id: string | undefined
  readonly name: string
  /** Parsed when it was JSON text; the text itself when that is broken, and then `note` says so. */
  readonly args: unknown
  readonly note: string | undefined
}

export interface ToolResultPart {
  readonly type: 'tool_result'
  readonly id: string | undefined
  readonly name: string | undefined
  readonly content: readonly Part[]
  readonly isError: boolean
}

export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string; readonly isRedacted: boolean }
  | MediaPart
  | ToolCallPart
  | ToolResultPart
  /** Something that the format does not name, as it is. */
  | { readonly type: 'json'; readonly value: unknown }

export interface ToolDefinition {
  readonly name: string
  readonly description: string | undefined
  /** JSON Schema. */
  readonly parameters: unknown
  readonly path: Path
}

const ROLES: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  chatbot: 'assistant',
  tool: 'tool',
  function: 'tool',
  ipython: 'tool',
}

/** What a recorded role means; `other` for what no format has. */
export const roleOf = (raw: string): Role => {
  const key = raw.toLowerCase()
  return (Object.hasOwn(ROLES, key) ? ROLES[key] : undefined) ?? 'other'
}

/** What is known of where a payload comes from; only breaks ties, never decides against the structure. */
export interface ChatHints {
  /** Upper case. */
  readonly observationType?: string | undefined
  readonly scope?: string | undefined
  readonly provider?: string | undefined
  readonly model?: string | undefined
}
