import { useQuery } from '@tanstack/react-query'
import type { HistogramFigure } from '@xtrace/contract'
import { histogramQuery } from '#api/explore.ts'
import type { Interval } from '#search/time-range.ts'
import type { ExplorerState } from './use-explorer.ts'

interface ChartOptions {
  readonly interval: Interval
  /** Whether it is time to ask. */
  readonly isAsking: boolean
}

/** How many rows there are, and what the chart draws of them: a question of its own where a figure is chosen. */
export function useChart(table: ExplorerState, { interval, isAsking }: ChartOptions) {
  const { view, project, explored, search } = table
  const figure = search.chart
  const question = (asked: HistogramFigure | undefined) =>
    histogramQuery(project.id, view, { ...explored, interval, figure: asked })
  const counts = useQuery({ ...question(undefined), placeholderData: (earlier) => earlier, enabled: isAsking })
  const drawn = useQuery({
    ...question(figure),
    // What another chart showed is nothing of this one.
    placeholderData: (earlier, query) => (query?.queryKey.at(-1) === figure ? earlier : undefined),
    enabled: isAsking,
  })
  return { figure, counts, drawn }
}
