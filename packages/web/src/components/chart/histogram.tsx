import { type PointerEvent, useRef, useState } from 'react'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import type { Interval } from '#search/time-range.ts'
import { barAt, draggedInterval, type PlacedBar, placeBars } from './histogram-scale.ts'
import { figureText, type HistogramShown, histogramLabel, rowsText } from './histogram-text.ts'

interface HistogramProps extends HistogramShown {
  readonly stepMs: number
  readonly interval: Interval
  /** Pixels; 48 when absent. */
  readonly height?: number
  /** A drag over it, or a click on a bar. */
  onZoom(interval: Interval): void
}

/** Counts over time with errors at the foot, or a figure of the rows, over the table that they are of. */
export function Histogram({ stepMs, interval, height = 48, onZoom, ...shown }: HistogramProps) {
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>()
  const [hovered, setHovered] = useState<PlacedBar>()
  const box = useRef<HTMLDivElement>(null)
  const placed = placeBars(shown.bars, { stepMs, interval, values: shown.figure?.values })
  const shareOf = ({ clientX }: PointerEvent) => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {}
    return (clientX - left) / width
  }
  const move = (event: PointerEvent) => {
    const share = shareOf(event)
    if (drag) setDrag({ ...drag, to: share })
    else setHovered(barAt(placed, share))
  }
  const clicked = (share: number): Interval | undefined => {
    const hit = barAt(placed, share)
    return hit && { fromMs: hit.bar[0], toMs: hit.bar[0] + stepMs }
  }
  const end = () => {
    const zoomed = drag && (draggedInterval(drag.from, drag.to, interval) ?? clicked(drag.from))
    setDrag(undefined)
    if (zoomed) onZoom(zoomed)
  }
  return (
    <div
      ref={box}
      role="img"
      aria-label={histogramLabel(shown)}
      className="relative touch-none select-none"
      style={{ height }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ from: shareOf(event), to: shareOf(event) })
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => setDrag(undefined)}
      onPointerLeave={() => setHovered(undefined)}
    >
      <Bars placed={placed} height={height} />
      {drag ? <Selected from={drag.from} to={drag.to} /> : null}
      {hovered && !drag ? <HoverCard placed={hovered} shown={shown} /> : null}
    </div>
  )
}

const percent = (share: number) => `${share * 100}%`

function Bars({ placed, height }: { readonly placed: readonly PlacedBar[]; readonly height: number }) {
  return (
    <svg width="100%" height={height} className="absolute inset-0 border-b" aria-hidden>
      {placed.map(({ bar, left, width, value, height: share, errorHeight }) => {
        if (value === null) return null
        const top = Math.max(2, share * (height - 4))
        const foot = errorHeight > 0 ? Math.max(2, errorHeight * (height - 4)) : 0
        return (
          <g key={bar[0]}>
            <rect
              x={percent(left)}
              width={percent(width * 0.88)}
              y={height - top}
              height={top - foot}
              fill="var(--chart-8)"
              opacity={0.55}
            />
            <rect x={percent(left)} width={percent(width * 0.88)} y={height - foot} height={foot} fill="var(--error)" />
          </g>
        )
      })}
    </svg>
  )
}

function Selected({ from, to }: { readonly from: number; readonly to: number }) {
  return (
    <div
      className="pointer-events-none absolute inset-y-0 border-accent border-x bg-selected opacity-60"
      style={{ left: percent(Math.min(from, to)), width: percent(Math.abs(to - from)) }}
    />
  )
}

interface HoverCardProps {
  readonly placed: PlacedBar
  readonly shown: HistogramShown
}

function HoverCard({ placed, shown }: HoverCardProps) {
  const time = useTimeFormat()
  const { noun, isEstimated, figure } = shown
  const [startMs, count, errors] = placed.bar
  const isRight = placed.left > 0.7
  return (
    <div
      className="pointer-events-none absolute top-full z-20 mt-1 whitespace-nowrap rounded-6 border bg-surface px-2 py-1 text-12 shadow-popover"
      style={isRight ? { right: percent(1 - placed.left - placed.width) } : { left: percent(placed.left) }}
    >
      <span className="tabular text-text-2">{time.date(startMs, Date.now())}</span>{' '}
      {figure ? `${figure.label} ${figureText(figure, placed.value, isEstimated)}, ` : null}
      {rowsText(count, isEstimated)} {noun}
      {errors > 0 ? <span className="text-error">, {rowsText(errors, isEstimated)} with an error</span> : null}
    </div>
  )
}
