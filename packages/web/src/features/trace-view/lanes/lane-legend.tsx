import { useEffect, useRef } from 'react'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { type LaneLine, valueAt } from '#lib/metrics/lane.ts'
import { formatValue } from '#lib/metrics/metric-value.ts'

interface LaneLegendProps {
  readonly lines: readonly LaneLine[]
  readonly colours: ReadonlyMap<string, string>
}

/** More names than this leave no room for their values. */
const SHOWN = 4

/** The lines by name, with their values under the shared cursor; those move without React. */
export function LaneLegend({ lines, colours }: LaneLegendProps) {
  const { view } = useTraceContext()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const write = () => {
      const ms = view.cursor.get()
      const cells = list.current?.querySelectorAll('[data-value]') ?? []
      cells.forEach((cell, index) => {
        const line = lines[index]
        cell.textContent = ms === undefined || !line ? '' : formatValue(valueAt(line, ms) ?? null)
      })
    }
    write()
    return view.cursor.subscribe(write)
  }, [view, lines])
  return (
    <ul ref={list} className="tabular flex min-w-0 gap-2 overflow-hidden text-11 text-text-2">
      {lines.slice(0, SHOWN).map(({ label }) => (
        <li key={label} className="flex min-w-0 items-center gap-1" title={label}>
          <span
            className="h-0.5 w-2 shrink-0"
            style={{ background: `var(--${colours.get(label) ?? 'chart-8'})` }}
            aria-hidden
          />
          <span className="truncate text-text-3">{label}</span>
          <span data-value className="shrink-0" />
        </li>
      ))}
      {lines.length > SHOWN ? <li className="shrink-0 text-text-3">+{lines.length - SHOWN}</li> : null}
    </ul>
  )
}
