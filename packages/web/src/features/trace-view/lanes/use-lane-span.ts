import { useEffect, useMemo, useState } from 'react'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { boundsOf } from '#features/trace-view/model/view-store.ts'
import { type LaneSpan, laneSpan } from '#lib/metrics/lane.ts'

/** A wheel that turns asks for nothing until it rests. */
const SETTLE_MS = 250

/** Which stretch of time, since the epoch, the lanes are to be read for: what is seen, once that stands still. */
export function useLaneSpan(): LaneSpan {
  const { view } = useTraceContext()
  const model = useModel()
  const [zoom, setZoom] = useState(() => view.zoom.get())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = view.zoom.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(() => setZoom(view.zoom.get()), SETTLE_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [view])
  const { originMs } = model.tree.skeleton
  const { fromMs, toMs } = zoom ?? boundsOf(model)
  return useMemo(() => laneSpan({ fromMs: originMs + fromMs, toMs: originMs + toMs }), [originMs, fromMs, toMs])
}
