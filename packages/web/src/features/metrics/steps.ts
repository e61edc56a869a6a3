/** The width of buckets. */
import type { Interval } from '#search/time-range.ts'

/** As the API takes them, with their seconds, ascending. */
export const STEPS = [
  ['5s', 5],
  ['10s', 10],
  ['30s', 30],
  ['1m', 60],
  ['2m', 120],
  ['5m', 300],
  ['10m', 600],
  ['15m', 900],
  ['30m', 1800],
  ['1h', 3600],
  ['3h', 10_800],
  ['6h', 21_600],
  ['12h', 43_200],
  ['1d', 86_400],
  ['7d', 604_800],
  ['30d', 2_592_000],
] as const

export interface Step {
  readonly text: string
  readonly ms: number
}

const toStep = ([text, seconds]: (typeof STEPS)[number]): Step => ({ text, ms: seconds * 1000 })

/** More buckets than this are more than a chart has room for. */
const MOST_BUCKETS = 360

/** More points of a series than this are not in one answer. */
const MOST_POINTS = 1000

/**
 * The narrowest step with which the interval has no more buckets than a chart has room for, and which is no narrower
 * than points are apart: else most buckets would be empty, and gaps are never joined.
 */
export function autoStep({ fromMs, toMs }: Interval, spacingMs = 0): Step {
  const found = STEPS.find(
    ([, seconds]) => (toMs - fromMs) / (seconds * 1000) <= MOST_BUCKETS && seconds * 1000 >= spacingMs,
  )
  return toStep(found ?? STEPS[STEPS.length - 1] ?? ['30d', 2_592_000])
}

/** The narrowest step wider than this one with which an answer holds all points of a series. */
export function coarserStep(step: Step, { fromMs, toMs }: Interval): Step | undefined {
  const found = STEPS.find(
    ([, seconds]) => seconds * 1000 > step.ms && (toMs - fromMs) / (seconds * 1000) < MOST_POINTS,
  )
  return found && toStep(found)
}

/** The step of this name; the automatic one when there is no such. */
export function stepOf(text: string | undefined, interval: Interval, spacingMs = 0): Step {
  const found = STEPS.find(([name]) => name === text)
  return found ? toStep(found) : autoStep(interval, spacingMs)
}

/** The beginnings of all buckets of the interval, those without a point included; counted from the epoch. */
export function bucketStarts({ fromMs, toMs }: Interval, stepMs: number): number[] {
  const first = Math.floor(fromMs / stepMs) * stepMs
  const count = Math.max(0, Math.ceil((toMs - first) / stepMs))
  return Array.from({ length: count }, (_, index) => first + index * stepMs)
}

/** How many of the distances between points are no longer than their spacing: the rest are outages. */
const REGULAR = 0.9

/** How far the points of the series are apart, in milliseconds; 0 when that cannot be told. */
export function spacingOf(series: readonly { readonly values: readonly (number | null)[] }[], stepMs: number): number {
  const distances = series.flatMap(({ values }) => {
    const places = values.flatMap((value, index) => (value === null ? [] : [index]))
    return places.slice(1).map((place, index) => place - (places[index] ?? place))
  })
  const sorted = distances.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) * REGULAR)] ?? 0) * stepMs
}
