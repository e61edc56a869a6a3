/** What the chart over a table shows in place of how many rows there are. Pure. */
import type { HistogramDto, HistogramFigure } from '@xtrace/contract'
import { type DrawnFigure, figureText, spreadText } from '#components/chart/histogram-text.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import type { CountLine } from './count-text.ts'

/** `count` is what there is without asking for more. */
export const CHARTS = [
  { name: 'count', label: 'Count' },
  { name: 'p90', label: 'p90' },
  { name: 'cost', label: 'Cost' },
] as const satisfies readonly { readonly name: HistogramFigure | 'count'; readonly label: string }[]

const FIGURES: Readonly<Record<HistogramFigure, Omit<DrawnFigure, 'values'>>> = {
  p90: { label: 'p90 latency', format: formatDuration },
  cost: { label: 'cost', format: formatCost },
}

type Figured = Pick<HistogramDto, 'figures' | 'isEstimated'>

export const drawnFigure = (figure: HistogramFigure, { figures = [] }: Pick<Figured, 'figures'>): DrawnFigure => ({
  ...FIGURES[figure],
  values: figures,
})

interface FigureAnswer {
  readonly data: Figured | undefined
  readonly error: Error | null
}

/** The figure in words: how far the p90 of the bars lie apart, what all of them cost; or why there is none. */
export function figureLine({ data, error }: FigureAnswer, figure: HistogramFigure): CountLine {
  const { label } = FIGURES[figure]
  if (!data) return error ? { text: `${label} not known`, hint: error.message } : { text: '', hint: undefined }
  const drawn = drawnFigure(figure, data)
  const text = figure === 'p90' ? spreadText(drawn, data.isEstimated) : totalText(drawn, data.isEstimated)
  return { text: `${label} ${text}`, hint: data.isEstimated ? ESTIMATED[figure] : undefined }
}

const ESTIMATED: Readonly<Record<HistogramFigure, string>> = {
  p90: 'Of the newest rows alone: to read all takes too long',
  cost: 'Estimated from the newest rows: to add up all takes too long',
}

function totalText(figure: DrawnFigure, isEstimated: boolean): string {
  const known = figure.values.filter((value) => value !== null)
  if (known.length === 0) return 'not known'
  return figureText(
    figure,
    known.reduce((sum, value) => sum + value, 0),
    isEstimated,
  )
}
