import { type ReactNode, useRef, useState } from 'react'
import { WantedText } from './find-context.ts'
import { FindField } from './find-field.tsx'
import { useCurrentMark, useTextMarks } from './use-text-marks.ts'

interface FindInProps {
  readonly children: ReactNode
  /** Whether the field is there; without it nothing is looked for. */
  readonly isFinding: boolean
  onClose(): void
}

/** Texts with a field over them that finds in all of them: matches are marked, what is folded over one opens. */
export function FindIn({ children, isFinding, onClose }: FindInProps) {
  const body = useRef<HTMLDivElement>(null)
  const [{ text, at, asked }, setSearch] = useState({ text: '', at: 0, asked: 0 })
  const wanted = isFinding ? text : ''
  const found = useTextMarks(body, wanted)
  const { ranges, isCut } = found
  const place = Math.min(at, Math.max(0, ranges.length - 1))
  useCurrentMark(found, place, asked)
  return (
    <>
      {isFinding ? (
        <div role="search" className="sticky top-9 z-10 flex items-center gap-1 border-b bg-surface px-2 py-1">
          <FindField
            search={{ text, at: place, count: ranges.length, isCut }}
            onSearch={(next, nextAt) => setSearch({ text: next, at: nextAt, asked: asked + 1 })}
            onClose={onClose}
          />
        </div>
      ) : null}
      <WantedText value={wanted}>
        <div ref={body}>{children}</div>
      </WantedText>
    </>
  )
}
