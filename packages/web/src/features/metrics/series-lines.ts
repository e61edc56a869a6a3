/** Answers of the server as lines of one chart and rows of one table. Pure. */
import type { MetricSeriesDto } from '@xtrace/contract'
import type { ChartSeries } from '#components/chart/chart-data.ts'
import { coloursOf, dashOf, OTHER_COLOUR } from '#components/chart/palette.ts'
import { printSeries, type SeriesSpec } from '#lib/metrics/series-text.ts'

export interface LetteredSpec extends SeriesSpec {
  /** `a`, `b`, …: names the line of text. */
  readonly letter: string
}

export interface Answer {
  readonly asked: LetteredSpec
  readonly dto: MetricSeriesDto
}

export interface Line extends ChartSeries {
  readonly summary: Summary
  /** Of the newest raw point; undefined without points. */
  readonly newestMs: number | undefined
}

interface Summary {
  readonly last: number | null
  readonly min: number | null
  readonly mean: number | null
  readonly max: number | null
}

/** One line a series, over the buckets that begin at `times`; what falls into none of them is left out. */
export function linesOf(answers: readonly Answer[], times: readonly number[]): Line[] {
  const places = new Map(times.map((time, index) => [time, index]))
  const series = answers.flatMap(({ asked, dto }) => {
    const prefix = answers.length > 1 ? `${asked.letter} ` : ''
    return dto.data.map((one, place) => ({
      one,
      newest: dto.meta.latest_point_ts_by_series?.[place],
      label: `${prefix}${labelOf(asked, one.labels)}`,
    }))
  })
  const labels = distinct(series.map(({ label }) => label))
  const colours = coloursOf(labels)
  return series.map(({ one, newest }, index) => {
    const values: (number | null)[] = times.map(() => null)
    for (const { timestamp, value } of one.values) {
      const place = places.get(Date.parse(timestamp))
      if (place !== undefined) values[place] = value
    }
    const label = labels[index] ?? ''
    const dash = dashOf(index)
    return {
      label,
      colour: colours.get(label) ?? OTHER_COLOUR,
      ...(dash.length > 0 && { dash }),
      values,
      summary: summaryOf(values),
      newestMs: newest === undefined ? undefined : Date.parse(newest),
    }
  })
}

function labelOf(spec: SeriesSpec, labels: Readonly<Record<string, string | null>>): string {
  const pairs = Object.entries(labels)
  if (pairs.length === 0) return printSeries(spec)
  const [only, ...others] = pairs
  if (only && others.length === 0) return only[1] ?? `no ${only[0]}`
  return pairs.map(([key, value]) => `${key}=${value ?? '–'}`).join(' ')
}

/** Equal labels get numbers, as each names a line. */
function distinct(labels: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return labels.map((label) => {
    const count = (counts.get(label) ?? 0) + 1
    counts.set(label, count)
    return count === 1 ? label : `${label} (${count})`
  })
}

function summaryOf(values: readonly (number | null)[]): Summary {
  const known = values.filter((value) => value !== null)
  const last = known.at(-1)
  if (last === undefined) return { last: null, min: null, mean: null, max: null }
  const sum = known.reduce((total, value) => total + value, 0)
  const min = known.reduce((least, value) => Math.min(least, value))
  const max = known.reduce((most, value) => Math.max(most, value))
  return { last, min, mean: sum / known.length, max }
}

/** A row a bucket under a head of names; instants as ISO text, gaps as null. */
export const csvRows = (times: readonly number[], lines: readonly Line[]): (string | number | null)[][] => [
  ['time', ...lines.map(({ label }) => label)],
  ...times.map((time, index) => [new Date(time).toISOString(), ...lines.map(({ values }) => values[index] ?? null)]),
]

const STALE_MS = 15_000

/** Nothing has come in for a quarter of a minute. */
export const isStale = ({ newestMs }: Line, nowMs: number): boolean =>
  newestMs !== undefined && nowMs - newestMs > STALE_MS

/** What a logarithmic axis can show: values of 0 and less become gaps. */
export const onlyPositive = (lines: readonly Line[]): Line[] =>
  lines.map((line) => ({ ...line, values: line.values.map((value) => (value !== null && value > 0 ? value : null)) }))

/** So that bars in one place leave each other's tops to be seen. A logarithmic axis cannot stack. */
export const tallestFirst = (lines: readonly Line[]): Line[] =>
  lines.toSorted((a, b) => (b.summary.mean ?? 0) - (a.summary.mean ?? 0))
