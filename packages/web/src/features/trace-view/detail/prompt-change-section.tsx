import type { Chat } from '#lib/chat/chat.ts'

/** What the prompt holds that the call before it did not. */
export function PromptChange(_: { readonly node: number; readonly chat: Chat }) {
  return null
}
