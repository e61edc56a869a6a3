import { clsx } from 'clsx'
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface Tab<Name extends string> {
  readonly name: Name
  readonly label: ReactNode
}

interface TabsProps<Name extends string> {
  readonly label: string
  readonly tabs: readonly Tab<Name>[]
  readonly value: Name
  onChange(name: Name): void
  /** The panel of the tab that is open. */
  readonly children: ReactNode
  readonly className?: string
  /** Beside the tabs, at the right. */
  readonly actions?: ReactNode
}

/** Tabs whose state is the caller's, usually the URL's. */
export function Tabs<Name extends string>({
  label,
  tabs,
  value,
  onChange,
  children,
  className,
  actions,
}: TabsProps<Name>) {
  const choose = (name: string) => {
    const tab = tabs.find((one) => one.name === name)
    if (tab) onChange(tab.name)
  }
  return (
    <Radix.Root value={value} onValueChange={choose} className={clsx('flex min-h-0 flex-col', className)}>
      <div className="flex items-center justify-between gap-2 border-b">
        <Radix.List aria-label={label} className="flex gap-4 overflow-x-auto px-3">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.name}
              value={tab.name}
              className="-mb-px h-8 whitespace-nowrap border-transparent border-b-2 font-medium text-12 text-text-2 outline-offset-[-2px] hover:text-text data-[state=active]:border-accent data-[state=active]:text-accent"
            >
              {tab.label}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {actions}
      </div>
      <Radix.Content value={value} className="min-h-0 flex-1 outline-none">
        {children}
      </Radix.Content>
    </Radix.Root>
  )
}
