import { lazy, Suspense, useState } from 'react'
import { textKindOf } from '#lib/chat/text-kind.ts'
import { formatBytes } from '#lib/format/figures.ts'
import { foldedText } from './fold-text.ts'

const Markdown = lazy(async () => ({ default: (await import('./markdown.tsx')).Markdown }))

interface MessageTextProps {
  readonly text: string
  /** As it stands, without Markdown. */
  readonly isPlain?: boolean
}

/** A text in its kind; a long one shows its beginning until it is asked for. */
export function MessageText({ text, isPlain = false }: MessageTextProps) {
  const [isWhole, setWhole] = useState(false)
  const folded = foldedText(text)
  const seen = folded && !isWhole ? folded.head : text
  const plain = <div className="whitespace-pre-wrap break-words">{seen}</div>
  return (
    <div className="max-w-[72ch] text-14">
      {isPlain || textKindOf(seen) === 'plain' ? (
        plain
      ) : (
        <Suspense fallback={plain}>
          <div className="break-words">
            <Markdown text={seen} />
          </div>
        </Suspense>
      )}
      {folded ? (
        <button type="button" className="mt-1 font-medium text-12 text-accent" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : `Show all: ${folded.lines} lines, ${formatBytes(text.length)}`}
        </button>
      ) : null}
    </div>
  )
}
