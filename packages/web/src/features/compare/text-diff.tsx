import { useMemo } from 'react'
import { useWordDiff } from '#components/text-diff/use-word-diff.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { parsePayload, printPayload } from '#lib/chat/payload.ts'
import type { TextPiece } from '#lib/chat/word-diff.ts'

/** Two payloads as one text: what only A has is struck, what only B has is lit. */
export function TextDiff({ a, b }: { readonly a: string; readonly b: string }) {
  const [before, after] = useMemo(() => [readable(a), readable(b)] as const, [a, b])
  const pieces = useWordDiff(before, after)
  if (!pieces) return <Skeleton className="m-4 h-24" />
  return (
    <div className="mono h-full overflow-y-auto whitespace-pre-wrap break-words p-3">
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces are their places
        <Piece key={index} {...piece} />
      ))}
    </div>
  )
}

function Piece({ text, change }: TextPiece) {
  if (change === 'added') return <ins className="bg-added no-underline">{text}</ins>
  if (change === 'removed') return <del className="bg-removed">{text}</del>
  return <span>{text}</span>
}

function readable(text: string): string {
  const value = parsePayload(text)
  return typeof value === 'string' ? value : value === undefined ? text : printPayload(value)
}
