import { useAnnounced } from '#components/ui/announcer.tsx'
import { Segments } from '#components/ui/segments.tsx'
import { countLine } from './count-text.ts'
import { CHARTS, figureLine } from './figures.ts'
import type { useChart } from './use-chart.ts'
import type { ExplorerState } from './use-explorer.ts'

interface ChartFactsProps {
  readonly table: ExplorerState
  readonly chart: ReturnType<typeof useChart>
}

/** What the chart shows, and how many rows there are. */
export function ChartFacts({ table, chart }: ChartFactsProps) {
  const { figure, counts, drawn } = chart
  const count = countLine(counts, table.view)
  const line = figure && figureLine(drawn, figure)
  useAnnounced('count', line ? `${count.text}, ${line.text}` : count.text)
  return (
    <div className="mr-auto flex flex-wrap items-center gap-x-3 gap-y-1">
      <Segments
        label="Chart"
        segments={CHARTS}
        value={figure ?? 'count'}
        onChange={(name) => void table.setState({ chart: name === 'count' ? undefined : name }, true)}
      />
      <p className="tabular flex flex-wrap gap-x-3 text-12 text-text-2">
        <span title={count.hint}>{count.text}</span>
        {line ? <span title={line.hint}>{line.text}</span> : null}
      </p>
    </div>
  )
}
