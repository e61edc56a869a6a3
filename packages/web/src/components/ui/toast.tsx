import { lazy, Suspense, useEffect } from 'react'
import { createStore } from '#store/store.ts'
import { useStore } from '#store/use-store.ts'

/** The result of one's own action; nothing else is worth a toast. */
export interface ToastMessage {
  readonly text: string
  readonly tone?: 'plain' | 'error'
  /** Such as *Undo*; the toast closes after it. */
  readonly action?: { readonly label: string; run(): void }
  /** Milliseconds; 5000 when absent. */
  readonly durationMs?: number
}

export interface ShownToast extends ToastMessage {
  readonly id: number
}

const toasts = createStore<readonly ShownToast[]>([])
const MAX_TOASTS = 3

export function showToast(message: ToastMessage): void {
  const shown = toasts.get()
  const id = (shown.at(-1)?.id ?? 0) + 1
  toasts.set([...shown, { ...message, id }].slice(-MAX_TOASTS))
}

const close = (id: number) => toasts.set(toasts.get().filter((toast) => toast.id !== id))

const loadCards = async () => ({ default: (await import('./toast-cards.tsx')).ToastCards })
const ToastCards = lazy(loadCards)

/** Long enough that a page has its first rows; then the cards are there even when the server is not. */
const LOAD_AFTER_MS = 3000

/** Where toasts appear; once a page. */
export function Toaster() {
  const shown = useStore(toasts)
  useEffect(() => {
    const timer = setTimeout(() => void loadCards().catch(() => undefined), LOAD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return <Suspense>{shown.length > 0 ? <ToastCards shown={shown} onClose={close} /> : null}</Suspense>
}
