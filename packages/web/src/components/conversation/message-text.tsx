import { lazy, Suspense, useMemo } from 'react'
import { useFold, useWantedText } from '#components/find/find-context.ts'
import { FINDABLE } from '#components/find/find-ranges.ts'
import { holdsText } from '#lib/chat/holds-text.ts'
import { textPieces } from '#lib/chat/media-reference.ts'
import { textKindOf } from '#lib/chat/text-kind.ts'
import { formatBytes } from '#lib/format/figures.ts'
import { foldedText } from './fold-text.ts'
import { LazyMedia, referencePart } from './lazy-media.tsx'

const Markdown = lazy(async () => ({ default: (await import('./markdown.tsx')).Markdown }))

interface MessageTextProps {
  readonly text: string
  /** As it stands, without Markdown. */
  readonly isPlain?: boolean
  /** References to media as the characters that they are. */
  readonly isRaw?: boolean
}

/** A text in its kind, with the media that it refers to in their places. */
export function MessageText({ text, isPlain = false, isRaw = false }: MessageTextProps) {
  const pieces = useMemo(() => (isRaw ? [text] : textPieces(text)), [text, isRaw])
  const [only, ...rest] = pieces
  if (typeof only === 'string' && rest.length === 0) return <Words text={only} isPlain={isPlain} />
  return (
    <div className="flex flex-col gap-2">
      {pieces.map((piece, index) =>
        typeof piece === 'string' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are their places
          <Words key={index} text={piece} isPlain={isPlain} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are their places
          <LazyMedia key={index} part={referencePart(piece)} />
        ),
      )}
    </div>
  )
}

/** A long text shows its beginning until the rest is asked for. */
function Words({ text, isPlain }: { readonly text: string; readonly isPlain: boolean }) {
  const wanted = useWantedText()
  const folded = useMemo(() => foldedText(text), [text])
  // A match may begin in what is shown and end in the rest.
  const isInRest =
    folded !== undefined && holdsText(text.slice(Math.max(0, folded.head.length - wanted.length)), wanted)
  const [isWhole, setWhole] = useFold(false, isInRest)
  const seen = folded && !isWhole ? folded.head : text
  const plain = <div className="whitespace-pre-wrap break-words">{seen}</div>
  return (
    <div className="max-w-[72ch] text-14">
      <div {...FINDABLE}>
        {isPlain || textKindOf(seen) === 'plain' ? (
          plain
        ) : (
          <Suspense fallback={plain}>
            <div className="break-words">
              <Markdown text={seen} />
            </div>
          </Suspense>
        )}
      </div>
      {folded ? (
        <button type="button" className="mt-1 font-medium text-12 text-accent" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : `Show all: ${folded.lines} lines, ${formatBytes(text.length)}`}
        </button>
      ) : null}
    </div>
  )
}
