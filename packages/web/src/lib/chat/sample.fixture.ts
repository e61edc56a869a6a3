/**
 * What each provider and framework really sends, for the tests: the value, and the conversation that
 * it is, in short: `role: part | part`, `~` before thinking, `name(args) #id` for calls, `=` for results.
 */
import type { ChatHints } from './chat.ts'

export interface Sample {
  readonly name: string
  readonly value: unknown
  readonly hints?: ChatHints
  readonly format: string
  readonly chat: readonly string[]
}

export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
export const weatherTool = {
  name: 'weather',
  description: 'Weather of a place',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
}

/** No conversation is in any of these. */
export const NO_CHATS: readonly unknown[] = [
  undefined,
  null,
  '',
  'Hello',
  '{"a":1}',
  '[1,2,3]',
  '{broken',
  42,
  true,
  [],
  {},
  { role: 'admin' },
  { role: 'assistant' },
  { content: 'text' },
  { type: 'human' },
  { kind: 'request' },
  { messages: [] },
  { contents: [], parts: [] },
  { candidates: [{}] },
  { choices: ['a', 'b'] },
  { content: [{ type: 'text', text: 'ok' }] },
  { a: { b: { c: { d: { e: { f: [{ role: 'user', content: 'too deep' }] } } } } } },
]
