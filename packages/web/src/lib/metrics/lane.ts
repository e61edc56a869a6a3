/**
 * A metric as a lane under a waterfall: in which steps to ask for it, which of its points belong together, and what it
 * is at a moment. Instants are what the caller counts from: milliseconds since the epoch, or since a trace began.
 */

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface LaneSpan extends Span {
  readonly step: { readonly text: string; readonly ms: number }
}

const SECOND = 1000
/** In seconds, ascending, as far as the API takes them. */
const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000,
]
/** More buckets than this are finer than what is drawn. */
const MOST_BUCKETS = 300
/** So much is read beyond both ends: of a short trace the nearest points mostly lie outside. */
const BEYOND_MS = 60 * SECOND
/** The ends are rounded to it, so that a trace that grows does not ask anew all the time. */
const ROUND_MS = 10 * SECOND

/** What to ask for to draw a lane over a span of time. */
export function laneSpan({ fromMs, toMs }: Span): LaneSpan {
  const seconds = STEPS.find((step) => (toMs - fromMs) / (step * SECOND) <= MOST_BUCKETS) ?? STEPS.at(-1) ?? 1
  const ms = seconds * SECOND
  const round = Math.max(ms, ROUND_MS)
  const beyond = Math.max(2 * ms, BEYOND_MS)
  return {
    fromMs: Math.floor((fromMs - beyond) / round) * round,
    toMs: Math.ceil((toMs + beyond) / round) * round,
    step: { text: `${seconds}s`, ms },
  }
}

export interface LanePoint {
  readonly ms: number
  readonly value: number
}

export interface LaneLine {
  readonly label: string
  /** By time. */
  readonly points: readonly LanePoint[]
  /** Points further apart than this are not joined, and say nothing of the time between them. */
  readonly reachMs: number
}

/** Points that follow at three times their usual distance have a hole between them. */
const HOLE = 3

export function laneLine(label: string, points: readonly LanePoint[], stepMs: number): LaneLine {
  const distances = points.slice(1).map(({ ms }, index) => ms - (points[index]?.ms ?? ms))
  const usual = distances.toSorted((a, b) => a - b)[Math.floor((distances.length - 1) / 2)] ?? 0
  return { label, points, reachMs: HOLE * Math.max(stepMs, usual) }
}

/** The points that belong together, one list after the other. */
export function runsOf({ points, reachMs }: LaneLine): LanePoint[][] {
  const runs: LanePoint[][] = []
  for (const point of points) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && point.ms - last.ms <= reachMs) run.push(point)
    else runs.push([point])
  }
  return runs
}

/** The value of the nearest point, if that is near enough to say anything. */
export function valueAt({ points, reachMs }: LaneLine, ms: number): number | undefined {
  const next = firstFrom(points, ms)
  const near = [points[next - 1], points[next]].filter((point) => point !== undefined)
  const [first = undefined, second = first] = near
  if (!first || !second) return undefined
  const nearest = Math.abs(second.ms - ms) < Math.abs(first.ms - ms) ? second : first
  return Math.abs(nearest.ms - ms) <= reachMs / 2 ? nearest.value : undefined
}

/** Index of the first point at or after `ms`; their number when there is none. */
function firstFrom(points: readonly LanePoint[], ms: number): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.ms ?? ms) < ms) low = middle + 1
    else high = middle
  }
  return low
}

export interface Extent {
  readonly min: number
  readonly max: number
}

/** The least and the greatest value; undefined without points. */
export function extentOf(lines: readonly LaneLine[]): Extent | undefined {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { points } of lines)
    for (const { value } of points) [min, max] = [Math.min(min, value), Math.max(max, value)]
  return min <= max ? { min, max } : undefined
}

/** What the height of a lane stands for: from 0 where that costs less than half of it, and never nothing. */
export function heightOf({ min, max }: Extent): Extent {
  if (min === max) return min === 0 ? { min: 0, max: 1 } : { min: Math.min(0, min), max: Math.max(0, max) }
  if (min > 0 && min <= max / 2) return { min: 0, max }
  if (max < 0 && max >= min / 2) return { min, max: 0 }
  return { min, max }
}
