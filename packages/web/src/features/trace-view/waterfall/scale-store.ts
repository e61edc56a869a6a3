import { useMemo } from 'react'
import { rangeOf, type ViewStore } from '#features/trace-view/model/view-store.ts'
import { type TimeScale, timeScale } from '#lib/trace/time-scale.ts'

/** Folding of idle time: by itself when much of the trace is idle, always, or never. */
export type GapFolding = 'auto' | 'fold' | 'show'

/** The scale of a width as it is at the moment of asking: the zoom changes without React. */
export function scaleNow(view: ViewStore, widthPx: number, folding: GapFolding): TimeScale {
  const { idleness } = view.shown.get().model
  const isFolded = folding === 'fold' || (folding === 'auto' && idleness.isMostly)
  return timeScale({ ...rangeOf(view), widthPx: Math.max(1, widthPx), gaps: isFolded ? idleness.gaps : [] })
}

/** `scaleNow` of a component's own width. */
export function useScaleNow(view: ViewStore, widthPx: number, folding: GapFolding): () => TimeScale {
  return useMemo(() => () => scaleNow(view, widthPx, folding), [view, widthPx, folding])
}
