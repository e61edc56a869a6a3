/** Answers of the server as lines of one chart and rows of one table. Pure. */
import type { MetricSeriesDto } from '@xtrace/contract'
import type { ChartSeries } from '#components/chart/chart-data.ts'
import { coloursOf, dashOf, OTHER_COLOUR } from '#components/chart/palette.ts'
import { grouped, significant, withoutZeros } from '#lib/format/digits.ts'
import { printSeries, type SeriesSpec } from './series-text.ts'

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
  /** Of the newest point, or the latest that it can have; undefined without points. */
  readonly newestMs: number | undefined
}

interface Summary {
  readonly last: number | null
  readonly min: number | null
  readonly mean: number | null
  readonly max: number | null
}

/** One line a series, over the buckets that begin at `times`; what falls into none of them is left out. */
export function linesOf(answers: readonly Answer[], times: readonly number[], stepMs: number): Line[] {
  const places = new Map(times.map((time, index) => [time, index]))
  const series = answers.flatMap(({ asked, dto }) => {
    const prefix = answers.length > 1 ? `${asked.letter} ` : ''
    return dto.data.map((one) => ({ one, dto, label: `${prefix}${labelOf(asked, one.labels)}` }))
  })
  const labels = distinct(series.map(({ label }) => label))
  const colours = coloursOf(labels)
  return series.map(({ one, dto }, index) => {
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
      newestMs: newestOf(one.values.at(-1)?.timestamp, dto.meta, stepMs),
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

/** A series whose newest bucket is the newest of all has, for all that is known, the newest point of all. */
function newestOf(bucket: string | undefined, meta: MetricSeriesDto['meta'], stepMs: number): number | undefined {
  if (bucket === undefined) return undefined
  const startMs = Date.parse(bucket)
  const isNewest = meta.latest_ts !== undefined && Date.parse(meta.latest_ts) === startMs
  return isNewest && meta.latest_point_ts !== undefined ? Date.parse(meta.latest_point_ts) : startMs + stepMs
}

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

/** Four significant digits, as the unit is not known; `–` for none. */
export function formatValue(value: number | null): string {
  if (value === null) return '–'
  const sign = value < 0 ? '−' : ''
  const size = Math.abs(value)
  return `${sign}${grouped(withoutZeros(significant(size, Math.max(4, digitsBeforePoint(size)))))}`
}

const digitsBeforePoint = (size: number): number => (size >= 1 ? Math.min(15, Math.floor(Math.log10(size)) + 1) : 0)
