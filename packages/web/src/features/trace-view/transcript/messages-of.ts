import { unquoted } from '#components/conversation/unquoted.ts'
import type { Chat, Message } from '#lib/chat/chat.ts'
import { present } from '#lib/chat/present.ts'

/** The messages of a payload; what is no conversation is one message of whoever must have said it. */
export function messagesOf(text: string, role: 'user' | 'assistant'): readonly Message[] {
  const shown = present(unquoted(text))
  if (shown.kind === 'chat') return allMessages(shown.chat)
  if (shown.kind === 'nothing') return []
  const part =
    shown.kind === 'text'
      ? { type: 'text' as const, text: shown.text }
      : { type: 'json' as const, value: shown.kind === 'json' ? shown.value : text }
  return [{ role, rawRole: role, name: undefined, parts: [part], path: [] }]
}

/** Each alternative after the first says which one it is. */
const allMessages = ({ messages, choices }: Chat): readonly Message[] => [
  ...messages,
  ...choices.flatMap((choice, index) =>
    index === 0 ? choice.messages : choice.messages.map((one) => ({ ...one, name: `alternative ${index + 1}` })),
  ),
]
