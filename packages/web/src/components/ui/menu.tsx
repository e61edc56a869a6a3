import { clsx } from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import { LAYER_LOOK } from './layer.ts'

const ITEM =
  'flex h-7 cursor-default select-none items-center gap-2 rounded-4 px-2 text-13 outline-none data-highlighted:bg-hover data-disabled:opacity-50 pointer-coarse:h-11'

interface MenuProps {
  /** The button that opens it; MUST forward refs and props. */
  readonly trigger: ReactNode
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
  readonly side?: 'top' | 'bottom' | 'right'
}

/** A menu under a button. */
export function Menu({ trigger, children, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} side={side} sideOffset={4} className={clsx(LAYER_LOOK, 'min-w-44 p-1')}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface MenuItemProps {
  readonly icon?: LucideIcon
  readonly keys?: string
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  onSelect(): void
  readonly children: ReactNode
}

export function MenuItem({ icon: Icon, keys, isDanger, isDisabled = false, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item className={clsx(ITEM, isDanger && 'text-error')} disabled={isDisabled} onSelect={onSelect}>
      {Icon ? <Icon size={14} strokeWidth={1.5} /> : null}
      <span className="flex-1 truncate">{children}</span>
      {keys ? <Kbd>{keys}</Kbd> : null}
    </Radix.Item>
  )
}

interface MenuChoiceProps {
  readonly isChecked: boolean
  onChange(isChecked: boolean): void
  readonly children: ReactNode
  /** Stays open, for lists of which several are chosen. */
  readonly staysOpen?: boolean
}

export function MenuChoice({ isChecked, onChange, children, staysOpen = false }: MenuChoiceProps) {
  return (
    <Radix.CheckboxItem
      className={ITEM}
      checked={isChecked}
      onCheckedChange={onChange}
      onSelect={(event) => (staysOpen ? event.preventDefault() : undefined)}
    >
      <span className="flex w-3.5 justify-center">{isChecked ? <Check size={14} strokeWidth={1.5} /> : null}</span>
      <span className="flex-1 truncate">{children}</span>
    </Radix.CheckboxItem>
  )
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="label px-2 py-1">{children}</Radix.Label>
}

export function MenuLine() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />
}
