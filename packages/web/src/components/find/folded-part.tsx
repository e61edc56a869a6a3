import type { ReactNode } from 'react'
import { holdsValue } from '#lib/chat/holds-text.ts'
import { useFold, useWantedText } from './find-context.ts'

interface FoldedPartProps {
  /** What is within: it opens once what is looked for stands there. */
  readonly value: unknown
  readonly summary: ReactNode
  readonly className?: string
  readonly summaryClass: string
  readonly isOpenAtFirst?: boolean
  readonly children: ReactNode
}

/** What is told by one line until it is opened. */
export function FoldedPart({
  value,
  summary,
  className,
  summaryClass,
  isOpenAtFirst = false,
  children,
}: FoldedPartProps) {
  const [isOpen, setOpen] = useFold(isOpenAtFirst, holdsValue(value, useWantedText()))
  return (
    <details className={className} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={summaryClass}>{summary}</summary>
      {children}
    </details>
  )
}
