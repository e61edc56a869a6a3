import { clsx } from 'clsx'
import { Check, Minus } from 'lucide-react'

interface CheckboxProps {
  readonly isChecked: boolean | 'some'
  onChange(isChecked: boolean): void
  readonly label: string
  readonly className?: string
}

/** A box of 16 px in a target of 24. `some` shows a dash. A plain button: each row of a table has one. */
export function Checkbox({ isChecked, onChange, label, className }: CheckboxProps) {
  const Mark = isChecked === 'some' ? Minus : Check
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={isChecked === 'some' ? 'mixed' : isChecked}
      aria-label={label}
      onClick={() => onChange(isChecked !== true)}
      // A checkbox answers to Space alone.
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      className={clsx('grid size-6 place-items-center rounded-4', className)}
    >
      <span
        className={clsx(
          'grid size-4 place-items-center rounded-4 border text-on-primary',
          isChecked === false ? 'border-control bg-surface' : 'border-primary bg-primary',
        )}
      >
        {isChecked === false ? null : <Mark size={12} strokeWidth={2} />}
      </span>
    </button>
  )
}
