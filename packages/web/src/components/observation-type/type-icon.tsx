import { clsx } from 'clsx'
import { lookOfType } from './observation-type.ts'

interface TypeIconProps {
  /** In upper case. */
  readonly type: string
  readonly size?: number
  readonly className?: string
}

/** The icon of a type in its colour; the name stands beside it, so that readers skip it. */
export function TypeIcon({ type, size = 14, className }: TypeIconProps) {
  const { icon: Icon, text } = lookOfType(type)
  return <Icon size={size} strokeWidth={1.5} aria-hidden className={clsx('shrink-0', text, className)} />
}
