import { useEffect, useState } from 'react'
import type { LaidOut, LayoutRequest } from './layout-graph.ts'

const LIMIT_MS = 2000

export type LayoutState = LaidOut | 'waiting' | 'too-slow'

/** The layout of a graph, made by a worker; given up after two seconds. `request` MUST be the same object until it changes. */
export function useLayout(request: LayoutRequest): LayoutState {
  const [state, setState] = useState<{ readonly of: LayoutRequest; readonly layout: LayoutState }>()
  useEffect(() => {
    const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
    const end = (layout: LayoutState) => {
      clearTimeout(timer)
      worker.terminate()
      setState({ of: request, layout })
    }
    const timer = setTimeout(() => end('too-slow'), LIMIT_MS)
    worker.addEventListener('message', ({ data }: MessageEvent<LaidOut>) => end(data))
    worker.addEventListener('error', () => end('too-slow'))
    worker.postMessage(request)
    return () => {
      clearTimeout(timer)
      worker.terminate()
    }
  }, [request])
  return state?.of === request ? state.layout : 'waiting'
}
