import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { Button } from './button.tsx'
import type { ShownToast } from './toast.tsx'

interface ToastCardsProps {
  readonly shown: readonly ShownToast[]
  onClose(id: number): void
}

/** The toasts that are shown, the newest last. */
export function ToastCards({ shown, onClose }: ToastCardsProps) {
  return (
    <Radix.Provider swipeDirection="right">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onClose={() => onClose(toast.id)} />
      ))}
      <Radix.Viewport className="fixed right-4 bottom-4 z-50 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2 outline-none" />
    </Radix.Provider>
  )
}

function ToastCard({ toast, onClose }: { readonly toast: ShownToast; onClose(): void }) {
  const { text, tone, action, durationMs = 5000 } = toast
  return (
    <Radix.Root
      duration={durationMs}
      onOpenChange={onClose}
      className={clsx(
        'flex animate-appear items-center gap-3 rounded-8 border bg-surface py-2 pr-2 pl-3 shadow-popover',
        tone === 'error' && 'border-error',
      )}
    >
      <Radix.Description className="min-w-0 flex-1 break-words">{text}</Radix.Description>
      {action ? (
        <Radix.Action altText={action.label} asChild>
          <Button onClick={action.run}>{action.label}</Button>
        </Radix.Action>
      ) : null}
      <Radix.Close asChild>
        <Button kind="quiet" isIcon aria-label="Close">
          <X size={14} strokeWidth={1.5} />
        </Button>
      </Radix.Close>
    </Radix.Root>
  )
}
