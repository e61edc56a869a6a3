import type { Interval } from '#search/time-range.ts'

/** Start in milliseconds since the epoch, rows, rows with an error. */
export type HistogramBar = readonly [startMs: number, count: number, errors: number]

/** Where a bar lies, as shares of the width and height. */
export interface PlacedBar {
  readonly bar: HistogramBar
  readonly left: number
  readonly width: number
  /** What its height tells; null for a gap, where it is not known. */
  readonly value: number | null
  readonly height: number
  readonly errorHeight: number
}

/** What is to be placed where. */
interface Placing {
  readonly stepMs: number
  readonly interval: Interval
  /** What the bars tell, one by one, in place of how many rows and errors there are. */
  readonly values?: readonly (number | null)[] | undefined
}

/** Bars of the interval; what reaches beyond it is cut. */
export function placeBars(bars: readonly HistogramBar[], { stepMs, interval, values }: Placing): PlacedBar[] {
  const { fromMs, toMs } = interval
  const told = values ?? bars.map(([, count]) => count)
  const most = Math.max(0, ...told.filter((value) => value !== null)) || 1
  const spanMs = toMs - fromMs
  return bars.flatMap((bar, index) => {
    const [startMs, count, errors] = bar
    const left = Math.max(startMs, fromMs)
    const right = Math.min(startMs + stepMs, toMs)
    if (right <= left || count === 0) return []
    const value = told[index] ?? null
    return [
      {
        bar,
        left: (left - fromMs) / spanMs,
        width: (right - left) / spanMs,
        value,
        height: (value ?? 0) / most,
        errorHeight: values ? 0 : errors / most,
      },
    ]
  })
}

/** The bar at a share of the width. */
export const barAt = (placed: readonly PlacedBar[], share: number): PlacedBar | undefined =>
  placed.find(({ left, width }) => share >= left && share < left + width)

/** A drag between two shares of the width as an interval; undefined when it was no more than a click. */
export function draggedInterval(fromShare: number, toShare: number, { fromMs, toMs }: Interval): Interval | undefined {
  const clamp = (share: number) => Math.min(Math.max(share, 0), 1)
  const [low, high] = [Math.min(fromShare, toShare), Math.max(fromShare, toShare)].map(clamp)
  if (low === undefined || high === undefined || high - low < MIN_SHARE) return undefined
  const at = (share: number) => Math.round(fromMs + share * (toMs - fromMs))
  return { fromMs: at(low), toMs: at(high) }
}

const MIN_SHARE = 0.005
