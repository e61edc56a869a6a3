import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'error' | 'warning' | 'ok' | 'accent'

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-text-2',
  error: 'bg-error-ground text-error',
  warning: 'bg-warning-ground text-warning',
  ok: 'bg-ok-ground text-ok',
  accent: 'bg-selected text-accent',
}

interface BadgeProps {
  readonly tone?: Tone
  /** The first signal; colour is the second. */
  readonly icon?: LucideIcon
  readonly children: ReactNode
}

/** A short fact on its own ground. */
export function Badge({ tone = 'neutral', icon: Icon, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-4 px-1.5 font-medium text-11',
        TONES[tone],
      )}
    >
      {Icon ? <Icon size={12} strokeWidth={1.75} aria-hidden /> : null}
      {children}
    </span>
  )
}
