import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAfterPaint } from '#components/ui/use-after-paint.ts'
import { useTracePeek } from './peeked-trace.tsx'

interface Lazy {
  readonly preload?: () => Promise<void> | undefined
}

/** What opens from a list is fetched once its rows are seen: the page of a trace, and `peek`. */
export function useFetchAhead(hasRows: boolean, peek: Lazy): void {
  const router = useRouter()
  const TracePeek = useTracePeek()
  const isShown = useAfterPaint(hasRows)
  useEffect(() => {
    if (!isShown) return
    // What fails is asked for again when it is needed, and shown then.
    router.loadRouteChunk(router.routesByPath['/p/$project/traces/$trace'])?.catch(() => {})
    for (const { preload } of [peek, TracePeek ?? {}]) preload?.()?.catch(() => {})
  }, [isShown, router, peek, TracePeek])
}
