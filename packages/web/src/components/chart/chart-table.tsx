import { useTimeFormat } from '#preferences/use-preferences.ts'
import type { ChartSeries } from './chart-data.ts'

interface ChartTableProps {
  readonly title: string
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly height: number
  format(value: number): string
}

/** The figures of a chart, the newest first. */
export function ChartTable({ title, times, series, height, format }: ChartTableProps) {
  const time = useTimeFormat()
  const newestFirst = times.map((at, index) => ({ at, index })).reverse()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="overflow-auto border-y" style={{ height }} tabIndex={0}>
      <table className="w-full text-12">
        <caption className="sr-only">{title}</caption>
        <thead className="sticky top-0 bg-surface">
          <tr>
            <th scope="col" className="label px-3 text-left">
              Time
            </th>
            {series.map(({ label }) => (
              <th key={label} scope="col" className="label px-3 text-right">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(({ at, index }) => (
            <tr key={at} className="border-t">
              <th scope="row" className="whitespace-nowrap px-3 text-left font-normal">
                {time.full(at)}
              </th>
              {series.map(({ label, values }) => {
                const value = values[index]
                return (
                  <td key={label} className="px-3 text-right">
                    {value === null || value === undefined ? '–' : format(value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
