import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { skeletonQuery, tracePayloadsQuery, watchTrace } from '#api/trace.ts'

/** At most so often the shape is read again, however fast the trace grows. */
const LEAST_MS = 700

/** Reads the trace again whenever the server has stored something new of it; not while the tab is hidden. */
export function useLiveTrace(project: string, traceId: string): void {
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let stop: (() => void) | undefined
    const refresh = () => {
      timer = undefined
      client.invalidateQueries({ queryKey: skeletonQuery(project, traceId).queryKey }).catch(() => {})
      client.invalidateQueries({ queryKey: tracePayloadsQuery(project, traceId).queryKey }).catch(() => {})
    }
    const onChange = () => {
      timer ??= setTimeout(refresh, LEAST_MS)
    }
    const follow = () => {
      stop?.()
      stop = document.hidden ? undefined : watchTrace(project, traceId, onChange)
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      clearTimeout(timer)
      stop?.()
    }
  }, [client, project, traceId])
}
