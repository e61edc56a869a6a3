import { clsx } from 'clsx'
import { getNonce } from 'get-nonce'
import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { LAYER_LOOK } from './layer.ts'

interface SelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  onChange(value: Value): void
  readonly className?: string
  readonly isDisabled?: boolean
}

/** One of a few values. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, className, isDisabled = false } = props
  const choose = (chosen: string) => {
    const option = options.find((one) => one.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <Radix.Root value={value} onValueChange={choose} disabled={isDisabled}>
      <Radix.Trigger
        aria-label={label}
        className={clsx(
          'control inline-flex items-center justify-between gap-2 rounded-4 border border-control bg-surface px-2 text-13 hover:bg-hover disabled:opacity-50',
          className,
        )}
      >
        <Radix.Value />
        <ChevronDown size={14} strokeWidth={1.5} className="text-text-3" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className={clsx(LAYER_LOOK, 'max-h-80 min-w-(--radix-select-trigger-width) p-1')}
        >
          <Radix.Viewport nonce={getNonce()}>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex h-7 cursor-default select-none items-center justify-between gap-4 rounded-4 px-2 text-13 outline-none data-highlighted:bg-hover"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check size={14} strokeWidth={1.5} />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
