/** What is told of messages without showing them. */
import type { Message, Part } from '#lib/chat/chat.ts'
import { printPayload } from '#lib/chat/payload.ts'

const LINE_CHARS = 160

/** The beginning of a message on one line. */
export function firstLine({ parts }: Message): string {
  const text = parts.map(partText).find((line) => line !== '') ?? ''
  return text.length > LINE_CHARS ? `${text.slice(0, LINE_CHARS)}…` : text
}

function partText(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'thinking':
      return part.text.trim().split('\n', 1)[0] ?? ''
    case 'tool_call':
      return `${part.name} ${printPayload(part.args, 0).slice(0, LINE_CHARS)}`
    case 'tool_result':
      return part.content.map(partText).join(' ')
    case 'json':
      return printPayload(part.value, 0).slice(0, LINE_CHARS)
    default:
      return part.name ?? part.type
  }
}
