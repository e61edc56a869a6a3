import { useQueryClient } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { useEffect } from 'react'
import { behind } from '#api/behind.ts'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { formatBytes } from '#lib/format/figures.ts'
import { useStore } from '#store/use-store.ts'

/** After which nothing is said any more, unless another answer lags behind. */
const SHOWN_MS = 10_000

/** Says that what is shown may lack what was sent just now. */
export function BehindBar() {
  const state = useStore(behind)
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!state) return undefined
    const timer = setTimeout(() => behind.set(undefined), Math.max(0, state.atMs + SHOWN_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [state])
  const text = state ? `Reads lag behind by ${formatBytes(state.bytes)}: what was sent last may be missing here.` : ''
  useAnnounced('behind', text)
  if (!state) return null
  const readAgain = () => {
    behind.set(undefined)
    void queryClient.invalidateQueries()
  }
  return (
    <div className="flex items-center gap-2 border-b bg-warning-ground px-4 py-1 text-warning">
      <Hourglass size={14} strokeWidth={1.5} aria-hidden />
      {text}
      <Button onClick={readAgain}>Read again</Button>
    </div>
  )
}
