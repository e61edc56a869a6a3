/** What the histogram says of itself: to readers, and beside it. Pure. */
import { UNKNOWN } from '#lib/format/digits.ts'
import { formatCount } from '#lib/format/figures.ts'
import type { HistogramBar } from './histogram-scale.ts'

/** What is drawn in place of how many rows there are. */
export interface DrawnFigure {
  /** `p90 latency`. */
  readonly label: string
  /** Of each bar; null where it is not known. */
  readonly values: readonly (number | null)[]
  format(value: number): string
}

export interface HistogramShown {
  /** What is counted: `traces`. */
  readonly noun: string
  readonly bars: readonly HistogramBar[]
  /** Some of it is worked out from the rest. */
  readonly isEstimated: boolean
  /** Counts are drawn without one. */
  readonly figure?: DrawnFigure | undefined
}

/** What the chart shows, to who does not see it. */
export function histogramLabel({ noun, bars, isEstimated, figure }: HistogramShown): string {
  if (figure) return `${figure.label} of ${noun} over time, ${spreadText(figure, isEstimated)}${gapsText(figure)}`
  const rows = bars.reduce((sum, [, count]) => sum + count, 0)
  const errors = bars.reduce((sum, [, , count]) => sum + count, 0)
  return `${rowsText(rows, isEstimated)} ${noun} over time, ${rowsText(errors, isEstimated)} with an error`
}

/** From the least to the most of the bars: `1.20 s to 42.1 s`. */
export function spreadText(figure: DrawnFigure, isEstimated: boolean): string {
  const known = figure.values.filter((value) => value !== null)
  if (known.length === 0) return 'not known'
  const least = figureText(figure, Math.min(...known), isEstimated)
  const most = figureText(figure, Math.max(...known), isEstimated)
  return least === most ? most : `${least} to ${most}`
}

function gapsText({ values }: DrawnFigure): string {
  const gaps = values.filter((value) => value === null).length
  return gaps === 0 || gaps === values.length ? '' : `, not known in ${gaps} of ${values.length} bars`
}

/** `4.21 s`, `≈ 4.21 s`, `–`. */
export const figureText = ({ format }: DrawnFigure, value: number | null, isEstimated: boolean): string =>
  value === null ? UNKNOWN : `${isEstimated ? '≈ ' : ''}${format(value)}`

/** `1,234`, `≈ 1,234`. */
export const rowsText = (rows: number, isEstimated: boolean): string => formatCount(rows, { isEstimate: isEstimated })
