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

/** What the costs are split by. */
export type ModelMeasure = 'cost' | 'tokens' | 'calls'

const SHOWN_MODELS = 7

/** The dearest models over time, the rest together. */
export function modelSeries(
  times: readonly number[],
  models: OverviewDto['models'],
  measure: ModelMeasure,
): ChartSeries[] {
  const totals = modelTotals(models, measure)
  const shown = totals
    .slice(0, totals.length > SHOWN_MODELS + 1 ? SHOWN_MODELS : totals.length)
    .map(({ model }) => model)
  const colours = coloursOf(shown)
  const valuesOf = (isMeant: (model: string) => boolean) => {
    const sums = new Map<number, number>()
    for (const bucket of models)
      if (isMeant(bucket.model)) sums.set(bucket.startMs, (sums.get(bucket.startMs) ?? 0) + (bucket[measure] ?? 0))
    return times.map((time) => sums.get(time) ?? 0)
  }
  const named = shown.map((model) => ({
    label: model === '' ? 'no model' : model,
    colour: colours.get(model) ?? OTHER_COLOUR,
    values: valuesOf((each) => each === model),
  }))
  if (shown.length === totals.length) return named
  return [...named, { label: 'other', colour: OTHER_COLOUR, values: valuesOf((each) => !shown.includes(each)) }]
}

export interface ModelTotal {
  readonly model: string
  readonly calls: number
  readonly tokens: number
  /** Null when no price is known. */
  readonly cost: number | null
}

/** One entry a model, the greatest first. */
export function modelTotals(models: OverviewDto['models'], measure: ModelMeasure): ModelTotal[] {
  const totals = new Map<string, ModelTotal>()
  for (const { model, calls, tokens, cost } of models) {
    const sum = totals.get(model) ?? { model, calls: 0, tokens: 0, cost: null }
    totals.set(model, {
      model,
      calls: sum.calls + calls,
      tokens: sum.tokens + tokens,
      cost: cost === null ? sum.cost : (sum.cost ?? 0) + cost,
    })
  }
  return [...totals.values()].sort((a, b) => (b[measure] ?? 0) - (a[measure] ?? 0) || a.model.localeCompare(b.model))
}
