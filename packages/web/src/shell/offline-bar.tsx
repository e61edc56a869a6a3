import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** A state of the page, and so a bar and no toast. */
export function OfflineBar() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine)
  if (isOnline) return null
  return (
    <div role="status" className="flex items-center gap-2 border-b bg-warning-ground px-4 py-1 text-warning">
      <WifiOff size={14} strokeWidth={1.5} aria-hidden />
      This browser is offline; what you see is what was last read.
    </div>
  )
}
