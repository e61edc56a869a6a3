import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` once a view; `plain` has a border; `quiet` has none; `danger` deletes. */
  readonly kind?: ButtonKind
  /** 32 px high, as in dialogs. */
  readonly isLarge?: boolean
  /** As wide as high, for an icon; it MUST then have an `aria-label`. */
  readonly isIcon?: boolean
  /** At work already: it takes no clicks, and keeps the focus, which it would lose were it disabled. Not for forms. */
  readonly isBusy?: boolean
}

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-primary text-on-primary border border-transparent hover:opacity-90',
  plain: 'bg-surface border border-control hover:bg-hover',
  quiet: 'border border-transparent text-text-2 hover:bg-hover hover:text-text',
  danger: 'bg-surface border border-error text-error hover:bg-error-ground',
}

/** The look of a button, for links that look like one. */
export function buttonLook({
  kind = 'plain',
  isLarge = false,
  isIcon = false,
}: Omit<ButtonProps, keyof ComponentProps<'button'>> = {}): string {
  return clsx(
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-6 font-medium text-13',
    'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
    'pointer-coarse:min-h-11 pointer-coarse:min-w-11',
    isLarge ? 'h-8' : 'h-7',
    isIcon ? 'aspect-square p-0' : 'px-2.5',
    KINDS[kind],
  )
}

export function Button({ kind, isLarge, isIcon, isBusy, className, type = 'button', ...props }: ButtonProps) {
  const look = buttonLook({ ...(kind && { kind }), ...(isLarge && { isLarge }), ...(isIcon && { isIcon }) })
  const busy = isBusy && { 'aria-disabled': true, onClick: undefined }
  return <button type={type} className={clsx(look, className)} {...props} {...busy} />
}
