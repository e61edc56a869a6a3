import { type PointerEvent, useRef, useState } from 'react'
import { formatCount } from '#lib/format/figures.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import type { Interval } from '#search/time-range.ts'
import { draggedInterval, type HistogramBar, type PlacedBar, placeBars } from './histogram-scale.ts'

interface HistogramProps {
  /** What is counted: `traces`. */
  readonly noun: string
  readonly bars: readonly HistogramBar[]
  readonly stepMs: number
  /** Some of the counts are worked out from others. */
  readonly isEstimated: boolean
  readonly interval: Interval
  /** Pixels; 48 when absent. */
  readonly height?: number
  /** A drag over it, or a click on a bar. */
  onZoom(interval: Interval): void
}

/** Counts over time with errors at the foot, over the table that they are of. */
export function Histogram({ noun, bars, stepMs, isEstimated, interval, height = 48, onZoom }: HistogramProps) {
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>()
  const [hovered, setHovered] = useState<PlacedBar>()
  const box = useRef<HTMLDivElement>(null)
  const placed = placeBars(bars, stepMs, interval)
  const print: PrintCount = (rows) => formatCount(rows, { isEstimate: isEstimated })
  const shareOf = ({ clientX }: PointerEvent) => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {}
    return (clientX - left) / width
  }
  const move = (event: PointerEvent) => {
    const share = shareOf(event)
    if (drag) setDrag({ ...drag, to: share })
    else setHovered(placed.find(({ left, width }) => share >= left && share < left + width))
  }
  const end = () => {
    const zoomed = drag && (draggedInterval(drag.from, drag.to, interval) ?? barAt(placed, drag.from, stepMs))
    setDrag(undefined)
    if (zoomed) onZoom(zoomed)
  }
  return (
    <div
      ref={box}
      role="img"
      aria-label={labelOf(noun, bars, print)}
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
      {hovered && !drag ? <HoverCard placed={hovered} noun={noun} print={print} /> : null}
    </div>
  )
}

function barAt(placed: readonly PlacedBar[], share: number, stepMs: number): Interval | undefined {
  const hit = placed.find(({ left, width }) => share >= left && share < left + width)
  return hit && { fromMs: hit.bar[0], toMs: hit.bar[0] + stepMs }
}

/** `1,234`, `≈ 1,234`. */
type PrintCount = (rows: number) => string

function labelOf(noun: string, bars: readonly HistogramBar[], print: PrintCount): string {
  const total = bars.reduce((sum, [, count]) => sum + count, 0)
  const errors = bars.reduce((sum, [, , count]) => sum + count, 0)
  return `${print(total)} ${noun} over time, ${print(errors)} with an error`
}

const percent = (share: number) => `${share * 100}%`

function Bars({ placed, height }: { readonly placed: readonly PlacedBar[]; readonly height: number }) {
  return (
    <svg width="100%" height={height} className="absolute inset-0 border-b" aria-hidden>
      {placed.map(({ bar, left, width, height: share, errorHeight }) => {
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
  readonly noun: string
  readonly print: PrintCount
}

function HoverCard({ placed, noun, print }: HoverCardProps) {
  const time = useTimeFormat()
  const [startMs, count, errors] = placed.bar
  const isRight = placed.left > 0.7
  return (
    <div
      className="pointer-events-none absolute top-full z-20 mt-1 whitespace-nowrap rounded-6 border bg-surface px-2 py-1 text-12 shadow-popover"
      style={isRight ? { right: percent(1 - placed.left - placed.width) } : { left: percent(placed.left) }}
    >
      <span className="tabular text-text-2">{time.date(startMs, Date.now())}</span> {print(count)} {noun}
      {errors > 0 ? <span className="text-error">, {print(errors)} with an error</span> : null}
    </div>
  )
}
