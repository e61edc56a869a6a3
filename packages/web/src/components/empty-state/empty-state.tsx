import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly icon?: LucideIcon
  readonly title: string
  /** Why it is empty, and the next thing to do. */
  readonly text?: ReactNode
  /** The next act: a button, a link, lines of code. */
  readonly children?: ReactNode
}

/** The place of data that is not there. */
export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-160 flex-col items-start gap-3 px-6 py-12">
      {Icon ? <Icon size={24} strokeWidth={1.5} className="text-text-3" aria-hidden /> : null}
      <h2 className="font-semibold text-16">{title}</h2>
      {text ? <div className="max-w-[72ch] text-text-2">{text}</div> : null}
      {children}
    </div>
  )
}
