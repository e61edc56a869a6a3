import { useRef } from 'react'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import type { TreeLayout } from '#features/trace-view/tree/tree-layout.ts'
import { type GapFolding, useScaleNow } from '#features/trace-view/waterfall/scale-store.ts'
import { useTouchZoom } from '#features/trace-view/waterfall/use-touch-zoom.ts'
import { useWheelZoom } from '#features/trace-view/waterfall/use-wheel-zoom.ts'
import { LaneRow } from './lane-row.tsx'
import { useLaneSpan } from './use-lane-span.ts'
import { useLanesSearch } from './use-lanes-search.ts'

interface LanesProps {
  readonly layout: TreeLayout
  readonly folding: GapFolding
}

/** Metrics of the time of the trace, on its axis. */
export function Lanes({ layout, folding }: LanesProps) {
  const { view } = useTraceContext()
  const { lanes, setLanes } = useLanesSearch()
  const span = useLaneSpan()
  const box = useRef<HTMLDivElement>(null)
  const { barLeftPx, barWidthPx } = layout
  const scaleNow = useScaleNow(view, barWidthPx, folding)
  useWheelZoom(box, view, { leftPx: barLeftPx, widthPx: barWidthPx, scaleNow })
  useTouchZoom(box, view, { leftPx: barLeftPx, widthPx: barWidthPx, scaleNow })
  return (
    <div ref={box} className="flex max-h-[40%] shrink-0 flex-col overflow-y-auto touch-pan-y overflow-x-hidden">
      {[...new Set(lanes)].map((text) => (
        <LaneRow
          key={text}
          text={text}
          span={span}
          layout={layout}
          folding={folding}
          onRemove={() => setLanes(lanes.filter((lane) => lane !== text))}
        />
      ))}
    </div>
  )
}
