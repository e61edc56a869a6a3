import type { PayloadWindowDto } from '@xtrace/contract'
import { useMemo } from 'react'
import { PresentationView } from '#components/conversation/presentation-view.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { ChatHints } from '#lib/chat/chat.ts'
import { present } from '#lib/chat/present.ts'
import { formatCount } from '#lib/format/figures.ts'

interface PayloadPreviewProps {
  readonly label: string
  readonly payload: PayloadWindowDto
  readonly hints?: ChatHints
}

/** Of a payload that came cut, only so many characters are shown: it cannot be read as JSON. */
const CUT_CHARS = 4000
const NO_HINTS: ChatHints = {}

/** One side of what went in and out, as it reads best. */
export function PayloadPreview({ label, payload, hints = NO_HINTS }: PayloadPreviewProps) {
  const { text, totalChars } = payload
  const isCut = [...text].length < totalChars
  const presentation = useMemo(() => (isCut ? undefined : present(text, hints)), [text, hints, isCut])
  return (
    <section className="border-b" aria-label={label}>
      <div className="flex h-8 items-center justify-between pr-2 pl-3">
        <h3 className="label">{label}</h3>
        {text === '' ? null : <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />}
      </div>
      {presentation ? (
        <PresentationView presentation={presentation} />
      ) : (
        <div className="px-3 pb-2">
          <pre className="mono whitespace-pre-wrap break-words">{text.slice(0, CUT_CHARS)}</pre>
          <p className="text-12 text-text-3">
            The beginning of {formatCount(totalChars)} characters: open the page for all.
          </p>
        </div>
      )}
    </section>
  )
}
