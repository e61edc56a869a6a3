import { printPayload } from '#lib/chat/payload.ts'
import { MessageText } from './message-text.tsx'

const SHORT_CHARS = 100

/** On one line when it is short. */
function jsonText(value: unknown): string {
  const line = printPayload(value, 0)
  return line.length <= SHORT_CHARS ? line : printPayload(value)
}

/** A value within a message: text as text, the rest as indented JSON with its numbers as they were sent. */
export function InlineJson({ value }: { readonly value: unknown }) {
  if (typeof value === 'string') return <MessageText text={value} isPlain />
  return (
    <div className="mono [&>div]:max-w-none [&_div]:text-12! [&_div]:leading-[18px]!">
      <MessageText text={jsonText(value)} isPlain />
    </div>
  )
}
