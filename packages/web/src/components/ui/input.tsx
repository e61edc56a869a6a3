import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

const LOOK =
  'w-full rounded-4 border border-control bg-surface px-2 text-13 text-text outline-offset-0 disabled:opacity-50 aria-invalid:border-error'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={clsx(LOOK, 'control', className)} {...props} />
}

export function TextArea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={clsx(LOOK, 'min-h-16 py-1', className)} {...props} />
}

interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong with the value. */
  readonly fault?: string | undefined
  readonly children: ReactNode
}

/** A control under its label; the label is the control's own, as it wraps it. */
export function Field({ label, hint, fault, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child that is handed in
    <label className="flex flex-col gap-1">
      <span className="font-medium text-12 text-text-2">{label}</span>
      {children}
      {fault ? <span className="text-12 text-error">{fault}</span> : null}
      {hint && !fault ? <span className="text-12 text-text-3">{hint}</span> : null}
    </label>
  )
}
