import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { createStore } from '#store/store.ts'
import { useStore } from '#store/use-store.ts'
import { Button } from './button.tsx'

/** The result of one's own action; nothing else is worth a toast. */
export interface ToastMessage {
  readonly text: string
  readonly tone?: 'plain' | 'error'
  /** Such as *Undo*; the toast closes after it. */
  readonly action?: { readonly label: string; run(): void }
  /** Milliseconds; 5000 when absent. */
  readonly durationMs?: number
}

interface Shown extends ToastMessage {
  readonly id: number
}

const toasts = createStore<readonly Shown[]>([])
const MAX_TOASTS = 3

export function showToast(message: ToastMessage): void {
  const shown = toasts.get()
  const id = (shown.at(-1)?.id ?? 0) + 1
  toasts.set([...shown, { ...message, id }].slice(-MAX_TOASTS))
}

const close = (id: number) => toasts.set(toasts.get().filter((toast) => toast.id !== id))

/** Where toasts appear; once a page. */
export function Toaster() {
  const shown = useStore(toasts)
  return (
    <Radix.Provider swipeDirection="right">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
      <Radix.Viewport className="fixed right-4 bottom-4 z-50 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2 outline-none" />
    </Radix.Provider>
  )
}

function ToastCard({ toast }: { readonly toast: Shown }) {
  const { id, text, tone, action, durationMs = 5000 } = toast
  return (
    <Radix.Root
      duration={durationMs}
      onOpenChange={() => close(id)}
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
