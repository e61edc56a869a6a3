import { type KeyboardEvent, type PointerEvent, useRef } from 'react'

interface SplitterProps {
  /** What it makes wider or narrower: `Detail`. */
  readonly label: string
  /** Width in px of what lies on its `side`. */
  readonly valuePx: number
  readonly side: 'left' | 'right'
  readonly minPx: number
  readonly maxPx: number
  onChange(valuePx: number): void
  readonly className?: string
}

const STEP_PX = 16

/** A line between two panels that can be dragged, or moved with the arrow keys once it has the focus. */
export function Splitter({ label, valuePx, side, minPx, maxPx, onChange, className = '' }: SplitterProps) {
  const start = useRef<{ x: number; valuePx: number } | undefined>(undefined)
  const set = (px: number) => onChange(Math.round(Math.max(minPx, Math.min(maxPx, px))))
  const sign = side === 'left' ? 1 : -1
  const onDown = (event: PointerEvent) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, valuePx }
  }
  const onMove = (event: PointerEvent) => {
    if (start.current) set(start.current.valuePx + sign * (event.clientX - start.current.x))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP_PX, ArrowRight: STEP_PX }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    set(valuePx + sign * by)
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={valuePx}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      tabIndex={0}
      className={`group relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line ${className}`}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={() => {
        start.current = undefined
      }}
      onKeyDown={onKeyDown}
    >
      <span className="absolute inset-y-0 -left-1 w-[9px] group-hover:bg-hover" />
    </div>
  )
}
