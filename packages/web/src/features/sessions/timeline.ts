/** The traces of a session on one axis of time, pauses folded. Pure. */
import type { TraceListRowDto } from '@xtrace/contract'
import { pxOf, timeScale } from '#lib/trace/time-scale.ts'
import { endOf, LONG_PAUSE_MS } from './turns.ts'

export interface TimelineBar {
  readonly row: TraceListRowDto
  /** Since the session began. */
  readonly offsetMs: number
  /** Where it begins and how long it is, as shares of the width. */
  readonly left: number
  readonly width: number
}

export interface Pause {
  readonly ms: number
  /** The folded place of the axis, as shares of the width. */
  readonly left: number
  readonly width: number
}

export interface Timeline {
  readonly bars: readonly TimelineBar[]
  readonly pauses: readonly Pause[]
}

/** Of which the shares are parts. */
const WIDTH_PX = 1000

/** One bar a trace, by their starts; pauses of more than a minute take a small fixed place. */
export function timelineOf(rows: readonly TraceListRowDto[]): Timeline {
  const sorted = rows.toSorted((a, b) => a.time - b.time)
  const zero = sorted[0]?.time ?? 0
  const gaps: { fromMs: number; toMs: number }[] = []
  let reached = zero
  for (const row of sorted) {
    if (row.time - reached > LONG_PAUSE_MS) gaps.push({ fromMs: reached - zero, toMs: row.time - zero })
    reached = Math.max(reached, endOf(row))
  }
  const scale = timeScale({ fromMs: 0, toMs: reached - zero, widthPx: WIDTH_PX, gaps })
  const share = (ms: number) => pxOf(scale, ms) / WIDTH_PX
  return {
    bars: sorted.map((row) => {
      const [offsetMs, endMs] = [row.time - zero, endOf(row) - zero]
      return { row, offsetMs, left: share(offsetMs), width: share(endMs) - share(offsetMs) }
    }),
    pauses: scale.pieces
      .filter(({ isFolded }) => isFolded)
      .map(({ fromMs, toMs, fromPx, toPx }) => ({
        ms: toMs - fromMs,
        left: fromPx / WIDTH_PX,
        width: (toPx - fromPx) / WIDTH_PX,
      })),
  }
}
