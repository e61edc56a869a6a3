import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

interface TooltipProps {
  readonly text: ReactNode
  /** The keys that do the same. */
  readonly keys?: string
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** One element that forwards refs and props. */
  readonly children: ReactNode
}

/** A word on what a control does, after a moment's rest on it. Never the only name of a control. */
export function Tooltip({ text, keys, side = 'top', children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={4}
            collisionPadding={8}
            className="z-50 flex max-w-80 animate-appear items-center gap-2 rounded-6 bg-primary px-2 py-1 text-12 text-on-primary"
          >
            {text}
            {keys ? <Kbd isInverse>{keys}</Kbd> : null}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
