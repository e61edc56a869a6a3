/** What the charts of the home page are drawn from. Pure. */
import type { OverviewDto } from '@xtrace/contract'
import type { ChartSeries } from '#components/chart/chart-data.ts'
import { coloursOf, OTHER_COLOUR } from '#components/chart/palette.ts'
import type { Interval } from '#search/time-range.ts'

/** The beginnings of all buckets of the interval, those of nothing included. */
export function bucketTimes({ fromMs, toMs }: Interval, stepMs: number): number[] {
  const first = Math.floor(fromMs / stepMs) * stepMs
  const count = Math.max(0, Math.ceil((toMs - first) / stepMs))
  return Array.from({ length: count }, (_, index) => first + index * stepMs)
}

type Bucket = OverviewDto['buckets'][number]

/** One value for each time; `absent` where there is no bucket. */
function overTimes<T extends { readonly startMs: number }, V>(
  times: readonly number[],
  buckets: readonly T[],
  { read, absent }: { read(bucket: T): V; absent: V },
): V[] {
  const byStart = new Map(buckets.map((bucket) => [bucket.startMs, bucket]))
  return times.map((time) => {
    const bucket = byStart.get(time)
    return bucket ? read(bucket) : absent
  })
}

/** Traces without an error, and those with one on top. */
export const traceSeries = (times: readonly number[], buckets: readonly Bucket[]): ChartSeries[] => [
  {
    label: 'with an error',
    colour: 'error',
    values: overTimes(times, buckets, { read: ({ failed }) => failed, absent: 0 }),
  },
  {
    label: 'without',
    colour: 'chart-1',
    values: overTimes(times, buckets, { read: ({ traces, failed }) => traces - failed, absent: 0 }),
  },
]

/** One hue in three widths; seconds. Nothing is drawn where there were no traces. */
export function latencySeries(times: readonly number[], buckets: readonly Bucket[]): ChartSeries[] {
  const quantile = (label: 'p50' | 'p90' | 'p99', width: number): ChartSeries => ({
    label,
    colour: 'chart-3',
    width,
    values: overTimes<Bucket, number | null>(times, buckets, { read: (bucket) => bucket[label], absent: null }),
  })
  return [quantile('p99', 1), quantile('p90', 1.75), quantile('p50', 2.75)]
}

/** Traces and p90 latency of the period before, drawn at the places of this one; seconds. */
export function earlierSeries(
  times: readonly number[],
  buckets: readonly Bucket[],
): Record<'traces' | 'p90', ChartSeries> {
  const dash = [4, 3]
  return {
    traces: {
      label: 'all of the period before',
      colour: OTHER_COLOUR,
      dash,
      values: overTimes(times, buckets, { read: ({ traces }) => traces, absent: 0 }),
    },
    p90: {
      label: 'p90 of the period before',
      colour: OTHER_COLOUR,
      dash,
      values: overTimes<Bucket, number | null>(times, buckets, { read: ({ p90 }) => p90, absent: null }),
    },
  }
}

/** What the groups are measured by. */
export type Measure = 'cost' | 'tokens' | 'calls'

type Groups = OverviewDto['groups']

const SHOWN_GROUPS = 7

interface GroupSeriesOptions {
  readonly measure: Measure
  /** What those without a key are called. */
  readonly none: string
}

/** The greatest groups over time, the rest together. */
export function groupSeries(
  times: readonly number[],
  groups: Groups,
  { measure, none }: GroupSeriesOptions,
): ChartSeries[] {
  const totals = groupTotals(groups, measure)
  const shown = totals.slice(0, totals.length > SHOWN_GROUPS + 1 ? SHOWN_GROUPS : totals.length).map(({ key }) => key)
  const colours = coloursOf(shown)
  const valuesOf = (isMeant: (key: string) => boolean) => {
    const sums = new Map<number, number>()
    for (const bucket of groups)
      if (isMeant(bucket.key)) sums.set(bucket.startMs, (sums.get(bucket.startMs) ?? 0) + (bucket[measure] ?? 0))
    return times.map((time) => sums.get(time) ?? 0)
  }
  const named = shown.map((key) => ({
    label: key === '' ? none : key,
    colour: colours.get(key) ?? OTHER_COLOUR,
    values: valuesOf((each) => each === key),
  }))
  if (shown.length === totals.length) return named
  return [...named, { label: 'other', colour: OTHER_COLOUR, values: valuesOf((each) => !shown.includes(each)) }]
}

export interface GroupTotal {
  readonly key: string
  readonly calls: number
  readonly failed: number
  readonly tokens: number
  /** Null when no price is known. */
  readonly cost: number | null
  /** Seconds; null when nothing has ended. */
  readonly p90: number | null
}

/** One entry a key, the greatest first. */
export function groupTotals(groups: Groups, measure: Measure): GroupTotal[] {
  const totals = new Map<string, GroupTotal>()
  for (const { key, calls, failed, tokens, cost, p90 } of groups) {
    const sum = totals.get(key) ?? { key, calls: 0, failed: 0, tokens: 0, cost: null, p90 }
    totals.set(key, {
      key,
      calls: sum.calls + calls,
      failed: sum.failed + failed,
      tokens: sum.tokens + tokens,
      cost: cost === null ? sum.cost : (sum.cost ?? 0) + cost,
      p90,
    })
  }
  return [...totals.values()].sort((a, b) => (b[measure] ?? 0) - (a[measure] ?? 0) || a.key.localeCompare(b.key))
}

/** The mean of each score over time; nothing is drawn where none was given. */
export function scoreSeries(times: readonly number[], scores: OverviewDto['scores']): ChartSeries[] {
  const names = [...new Set(scores.map(({ name }) => name))].sort()
  const colours = coloursOf(names)
  return names.map((name) => ({
    label: name,
    colour: colours.get(name) ?? OTHER_COLOUR,
    values: overTimes<OverviewDto['scores'][number], number | null>(
      times,
      scores.filter((score) => score.name === name),
      { read: ({ mean }) => mean, absent: null },
    ),
  }))
}
