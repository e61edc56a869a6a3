/**
 * From offsets in ms to pixels and back, for the waterfall, the minimap and the lanes, which share one
 * scale. Folded gaps take 28 px each; the rest of the width belongs to the rest of the time, evenly.
 */
import type { Gap } from './gaps.ts'

export interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

export interface Piece extends TimeRange {
  readonly fromPx: number
  readonly toPx: number
  readonly isFolded: boolean
}

export interface TimeScale extends TimeRange {
  readonly widthPx: number
  /** In order; they tile both the range and the width. */
  readonly pieces: readonly Piece[]
  /** Pixels for a millisecond where nothing is folded. */
  readonly pxPerMs: number
}

export interface Tick {
  readonly ms: number
  readonly px: number
  readonly label: string
}

const FOLD_PX = 28

/** Gaps are given in order and don't overlap; when they would take more than half of the width, none is folded. */
export function timeScale(range: TimeRange & { readonly widthPx: number; readonly gaps?: readonly Gap[] }): TimeScale {
  const { fromMs, widthPx } = range
  const toMs = Math.max(range.toMs, fromMs + 0.001)
  const inside = (range.gaps ?? [])
    .map((gap) => ({ fromMs: Math.max(fromMs, gap.fromMs), toMs: Math.min(toMs, gap.toMs) }))
    .filter((gap) => gap.toMs > gap.fromMs)
  const foldedMs = inside.reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0)
  const isFolding = foldedMs < toMs - fromMs && inside.length * FOLD_PX <= widthPx / 2
  const gaps = isFolding ? inside.filter((gap) => isWorthFolding(gap, { fromMs, toMs, widthPx })) : []
  const openMs = toMs - fromMs - gaps.reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0)
  const pxPerMs = (widthPx - gaps.length * FOLD_PX) / openMs
  return { fromMs, toMs, widthPx, pxPerMs, pieces: tile({ fromMs, toMs, widthPx }, gaps, pxPerMs) }
}

/** Of a gap of which only a sliver is in the range, the sliver would grow by folding. */
const isWorthFolding = (gap: Gap, range: TimeRange & { readonly widthPx: number }): boolean =>
  ((gap.toMs - gap.fromMs) / (range.toMs - range.fromMs)) * range.widthPx > FOLD_PX

function tile(range: TimeRange & { readonly widthPx: number }, gaps: readonly Gap[], pxPerMs: number): Piece[] {
  const pieces: Piece[] = []
  let [ms, px] = [range.fromMs, 0]
  const add = (toMs: number, toPx: number, isFolded: boolean) => {
    if (toMs > ms) pieces.push({ fromMs: ms, toMs, fromPx: px, toPx, isFolded })
    ;[ms, px] = [toMs, toPx]
  }
  for (const gap of gaps) {
    add(gap.fromMs, px + (gap.fromMs - ms) * pxPerMs, false)
    add(gap.toMs, px + FOLD_PX, true)
  }
  add(range.toMs, range.widthPx, false)
  return pieces
}

/** Beyond the range, the line goes on as in the outermost piece that isn't folded. */
export function pxOf(scale: TimeScale, ms: number): number {
  if (ms < scale.fromMs) return (ms - scale.fromMs) * scale.pxPerMs
  const piece = scale.pieces.find(({ toMs }) => ms <= toMs)
  if (!piece) return scale.widthPx + (ms - scale.toMs) * scale.pxPerMs
  return piece.fromPx + ((ms - piece.fromMs) / (piece.toMs - piece.fromMs)) * (piece.toPx - piece.fromPx)
}

export function msOf(scale: TimeScale, px: number): number {
  if (px < 0) return scale.fromMs + px / scale.pxPerMs
  const piece = scale.pieces.find(({ toPx }) => px <= toPx)
  if (!piece) return scale.toMs + (px - scale.widthPx) / scale.pxPerMs
  return piece.fromMs + ((px - piece.fromPx) / (piece.toPx - piece.fromPx || 1)) * (piece.toMs - piece.fromMs)
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const LEAST_TICK_PX = 72
/** No clock tells less: where nothing takes time there is nothing to divide. */
const LEAST_STEP_MS = 0.001

/** Ticks at 1, 2 and 5 of their unit, real time also beside folded gaps, none within one; labels count from `zeroMs`. */
export function ticksOf(scale: TimeScale, zeroMs = 0): readonly Tick[] {
  const step = Math.max(LEAST_STEP_MS, stepFor(LEAST_TICK_PX / scale.pxPerMs))
  const ticks: Tick[] = []
  for (const piece of scale.pieces) {
    if (piece.isFolded) continue
    const first = Math.ceil((piece.fromMs - zeroMs) / step)
    const last = Math.floor((piece.toMs - zeroMs) / step)
    for (let index = first; index <= last; index++) {
      const ms = zeroMs + index * step
      const px = pxOf(scale, ms)
      if (px - (ticks.at(-1)?.px ?? Number.NEGATIVE_INFINITY) >= LEAST_TICK_PX / 2)
        ticks.push({ ms, px, label: tickLabel(index * step) })
    }
  }
  return ticks
}

/** The least step of 1, 2 or 5 (of a unit) that is not below `leastMs`. */
function stepFor(leastMs: number): number {
  const unit = leastMs <= 20 * SECOND ? 1 : leastMs <= 20 * MINUTE ? MINUTE : leastMs <= 10 * HOUR ? HOUR : DAY
  const wanted = leastMs / unit
  const decade = unit === 1 || wanted > 1 ? 10 ** Math.floor(Math.log10(wanted)) : 1
  const factor = [1, 2, 5, 10].find((candidate) => candidate * decade >= wanted * 0.999999) ?? 10
  return factor * decade * unit
}

function tickLabel(ms: number): string {
  const size = Math.abs(ms)
  const sign = ms < 0 ? '−' : ''
  const clean = (value: number) => String(Number(value.toPrecision(6)))
  if (size < SECOND) return size === 0 ? '0' : `${sign}${clean(size)} ms`
  if (size < MINUTE) return `${sign}${clean(size / SECOND)} s`
  const [days, hours] = [Math.floor(size / DAY), Math.floor((size % DAY) / HOUR)]
  const [minutes, seconds] = [Math.floor((size % HOUR) / MINUTE), clean((size % MINUTE) / SECOND)]
  const parts = [days && `${days}d`, hours && `${hours}h`, minutes && `${minutes}m`, seconds !== '0' && `${seconds}s`]
  return sign + parts.filter(Boolean).join(' ')
}

/** `range` made `factor` times as long around `aroundMs`, kept within `bounds`. */
export function zoomed(
  range: TimeRange,
  bounds: TimeRange,
  { aroundMs, factor }: { aroundMs: number; factor: number },
): TimeRange {
  const length = Math.min(bounds.toMs - bounds.fromMs, Math.max(LEAST_RANGE_MS, (range.toMs - range.fromMs) * factor))
  const share = (aroundMs - range.fromMs) / (range.toMs - range.fromMs || 1)
  return within(bounds, aroundMs - length * Math.min(1, Math.max(0, share)), length)
}

const LEAST_RANGE_MS = 0.01

/** `range` moved by `byMs`, kept within `bounds`. */
export const panned = (range: TimeRange, bounds: TimeRange, byMs: number): TimeRange =>
  within(bounds, range.fromMs + byMs, Math.min(range.toMs - range.fromMs, bounds.toMs - bounds.fromMs))

function within(bounds: TimeRange, fromMs: number, length: number): TimeRange {
  const from = Math.max(bounds.fromMs, Math.min(fromMs, bounds.toMs - length))
  return { fromMs: from, toMs: from + length }
}
