import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

interface DialogProps {
  readonly isOpen: boolean
  /** Called with false when Esc, the ground or the cross was used. */
  onOpenChange(isOpen: boolean): void
  readonly title: string
  /** One sentence under the title. */
  readonly description?: ReactNode
  readonly children: ReactNode
  /** 640 px instead of 440. */
  readonly isWide?: boolean
  /** A dialog that asks for something that must be given has no cross. */
  readonly isLocked?: boolean
}

/** A modal dialog: focus stays in it and returns to where it was. */
export function Dialog({ isOpen, onOpenChange, title, description, children, isWide, isLocked }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={isLocked ? () => {} : onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Radix.Content
          className={clsx(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-32px)] -translate-x-1/2 animate-appear flex-col',
            'gap-4 overflow-y-auto rounded-8 border bg-surface p-6 shadow-popover outline-none',
            isWide ? 'max-w-160' : 'max-w-110',
          )}
          onOpenAutoFocus={focusFirstField}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <header className="flex items-start justify-between gap-4">
            <div className="flex flex-col gap-1">
              <Radix.Title className="font-semibold text-16">{title}</Radix.Title>
              {description ? <Radix.Description className="text-text-2">{description}</Radix.Description> : null}
            </div>
            {isLocked ? null : (
              <Radix.Close asChild>
                <Button kind="quiet" isIcon aria-label="Close">
                  <X size={16} strokeWidth={1.5} />
                </Button>
              </Radix.Close>
            )}
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The first field, where there is one: the cross is what comes first otherwise. */
function focusFirstField(event: Event): void {
  const field = event.currentTarget instanceof Element ? event.currentTarget.querySelector('input, textarea') : null
  if (!(field instanceof HTMLElement)) return
  event.preventDefault()
  field.focus()
}

/** The buttons at the foot of a dialog, the one that acts last. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <footer className="flex justify-end gap-2">{children}</footer>
}
