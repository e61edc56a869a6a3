import type { Interval } from '#search/time-range.ts'

/** Start in milliseconds since the epoch, rows, rows with an error. */
export type HistogramBar = readonly [startMs: number, count: number, errors: number]

/** Where a bar lies, as shares of the width and height. */
export interface PlacedBar {
  readonly bar: HistogramBar
  readonly left: number
  readonly width: number
  readonly height: number
  readonly errorHeight: number
}

/** Bars of the interval; what reaches beyond it is cut. */
export function placeBars(bars: readonly HistogramBar[], stepMs: number, { fromMs, toMs }: Interval): PlacedBar[] {
  const most = Math.max(1, ...bars.map(([, count]) => count))
  const spanMs = toMs - fromMs
  return bars.flatMap((bar) => {
    const [startMs, count, errors] = bar
    const left = Math.max(startMs, fromMs)
    const right = Math.min(startMs + stepMs, toMs)
    if (right <= left || count === 0) return []
    const share = (value: number) => value / most
    return [
      {
        bar,
        left: (left - fromMs) / spanMs,
        width: (right - left) / spanMs,
        height: share(count),
        errorHeight: share(errors),
      },
    ]
  })
}

/** A drag between two shares of the width as an interval; undefined when it was no more than a click. */
export function draggedInterval(fromShare: number, toShare: number, { fromMs, toMs }: Interval): Interval | undefined {
  const clamp = (share: number) => Math.min(Math.max(share, 0), 1)
  const [low, high] = [Math.min(fromShare, toShare), Math.max(fromShare, toShare)].map(clamp)
  if (low === undefined || high === undefined || high - low < MIN_SHARE) return undefined
  const at = (share: number) => Math.round(fromMs + share * (toMs - fromMs))
  return { fromMs: at(low), toMs: at(high) }
}

const MIN_SHARE = 0.005
