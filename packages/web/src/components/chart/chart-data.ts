import type { Colour } from './palette.ts'

/** One line, area or run of bars over the times of its chart. */
export interface ChartSeries {
  readonly label: string
  readonly colour: Colour
  /** As many as there are times; null is a gap, which is never joined. */
  readonly values: readonly (number | null)[]
  /** Pixels; 1.5 when absent. Quantiles are one colour in three widths. */
  readonly width?: number
  readonly dash?: number[]
}

/** What the chart draws of each series: its own values, or those before it added up. */
export function stacked(series: readonly ChartSeries[]): readonly (readonly (number | null)[])[] {
  const sums: number[] = []
  return series.map(({ values }) =>
    values.map((value, index) => {
      if (value === null) return null
      const sum = (sums[index] ?? 0) + value
      sums[index] = sum
      return sum
    }),
  )
}

/** Places of values with a gap, or an end, on both sides: no line goes through them, and so they are drawn as points. */
export function placesBetweenGaps(values: readonly (number | null)[]): number[] {
  const isGap = (index: number) => (values[index] ?? null) === null
  return values.flatMap((_, index) => (!isGap(index) && isGap(index - 1) && isGap(index + 1) ? [index] : []))
}
