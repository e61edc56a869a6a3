import { clsx } from 'clsx'
import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'

interface CheckboxProps {
  readonly isChecked: boolean | 'some'
  onChange(isChecked: boolean): void
  readonly label: string
  readonly className?: string
}

/** A box of 16 px in a target of 24. `some` shows a dash. */
export function Checkbox({ isChecked, onChange, label, className }: CheckboxProps) {
  return (
    <Radix.Root
      checked={isChecked === 'some' ? 'indeterminate' : isChecked}
      onCheckedChange={(state) => onChange(state === true)}
      aria-label={label}
      className={clsx('group grid size-6 place-items-center rounded-4', className)}
    >
      <span className="grid size-4 place-items-center rounded-4 border border-control bg-surface text-on-primary group-data-[state=checked]:border-primary group-data-[state=indeterminate]:border-primary group-data-[state=checked]:bg-primary group-data-[state=indeterminate]:bg-primary">
        <Radix.Indicator>
          {isChecked === 'some' ? <Minus size={12} strokeWidth={2} /> : <Check size={12} strokeWidth={2} />}
        </Radix.Indicator>
      </span>
    </Radix.Root>
  )
}
