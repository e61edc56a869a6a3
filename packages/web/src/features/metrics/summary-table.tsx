import { Clock } from 'lucide-react'
import { Badge } from '#components/ui/badge.tsx'
import { formatValue } from '#lib/metrics/metric-value.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { isStale, type Line } from './series-lines.ts'

interface SummaryTableProps {
  readonly lines: readonly Line[]
  /** Marks series that nothing comes in for; undefined for a range that does not roll on. */
  readonly nowMs: number | undefined
}

const FIGURES = ['last', 'min', 'mean', 'max'] as const

/** What each series comes to within the time range. */
export function SummaryTable({ lines, nowMs }: SummaryTableProps) {
  const time = useTimeFormat()
  return (
    <table className="w-full text-12">
      <caption className="sr-only">Figures of each series</caption>
      <thead>
        <tr className="h-7 border-b">
          <th scope="col" className="label px-3 text-left">
            Series
          </th>
          {FIGURES.map((figure) => (
            <th key={figure} scope="col" className="label w-28 px-3 text-right">
              {figure}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.label} className="h-7 border-b last:border-b-0">
            <th scope="row" className="max-w-0 px-3 text-left font-normal">
              <span className="flex items-center gap-2">
                <Swatch line={line} />
                <span className="truncate" title={line.label}>
                  {line.label}
                </span>
                {nowMs !== undefined && line.newestMs !== undefined && isStale(line, nowMs) ? (
                  <Badge icon={Clock}>stale, newest {time.when(line.newestMs, nowMs)}</Badge>
                ) : null}
              </span>
            </th>
            {FIGURES.map((figure) => (
              <td key={figure} className="tabular px-3 text-right" title={String(line.summary[figure] ?? '')}>
                {formatValue(line.summary[figure])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Swatch({ line: { colour, dash = [] } }: { readonly line: Line }) {
  return (
    <svg width={14} height={8} aria-hidden className="shrink-0">
      <line x1={0} x2={14} y1={4} y2={4} stroke={`var(--${colour})`} strokeWidth={2} strokeDasharray={dash.join(' ')} />
    </svg>
  )
}
