import { useMemo } from 'react'
import { takeMedia } from '#lib/chat/media-in-json.ts'
import { printPayload } from '#lib/chat/payload.ts'
import { LazyMedia } from './lazy-media.tsx'
import { MessageText } from './message-text.tsx'

const SHORT_CHARS = 100

/** On one line when it is short. */
function jsonText(value: unknown): string {
  const line = printPayload(value, 0)
  return line.length <= SHORT_CHARS ? line : printPayload(value)
}

/** A value within a message: text as text, the rest as indented JSON with its numbers as they were sent, media below it. */
export function InlineJson({ value }: { readonly value: unknown }) {
  const taken = useMemo(() => takeMedia(value), [value])
  if (typeof taken.value === 'string' && taken.media.length === 0) return <MessageText text={taken.value} isPlain />
  return (
    <div className="flex flex-col gap-2">
      {typeof value === 'string' ? null : (
        <div className="mono [&>div]:max-w-none [&_div]:text-12! [&_div]:leading-[18px]!">
          <MessageText text={jsonText(taken.value)} isPlain isRaw />
        </div>
      )}
      {taken.media.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: media are their places
        <LazyMedia key={index} part={part} />
      ))}
    </div>
  )
}
