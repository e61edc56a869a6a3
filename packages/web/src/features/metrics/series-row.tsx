import { METRIC_AGGREGATION_NAMES } from '@xtrace/contract'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { printSeries, type SeriesSpec } from '#lib/metrics/series-text.ts'
import type { Interval } from '#search/time-range.ts'
import { ByPicker, WherePicker } from './label-picker.tsx'
import { MetricPicker } from './metric-picker.tsx'
import type { SeriesText } from './use-metric-lines.ts'

interface SeriesRowProps {
  readonly series: SeriesText
  readonly interval: Interval
  onChange(text: string): void
  onRemove(): void
}

const AGGREGATIONS = METRIC_AGGREGATION_NAMES.map((name) => ({ value: name, label: name }))

/** One line of text and the controls that write it. */
export function SeriesRow({ series, interval, onChange, onRemove }: SeriesRowProps) {
  const { letter, text, parsed } = series
  const write = (spec: SeriesSpec) => onChange(printSeries(spec))
  return (
    <li className="flex flex-wrap items-center gap-2">
      <span className="mono w-4 text-text-3">{letter}</span>
      {parsed.ok ? (
        <>
          <Select
            label="Aggregation"
            value={parsed.spec.aggregation}
            options={AGGREGATIONS}
            onChange={(aggregation) => write({ ...parsed.spec, aggregation })}
          />
          <MetricPicker
            metric={parsed.spec.metric}
            onPick={(metric) => write({ ...parsed.spec, metric, labels: [], by: [] })}
          />
          <WherePicker spec={parsed.spec} interval={interval} onChange={write} />
          <ByPicker spec={parsed.spec} interval={interval} onChange={write} />
        </>
      ) : null}
      <LineOfText key={text} text={text} fault={parsed.ok ? undefined : parsed.reason} onChange={onChange} />
      <Button kind="quiet" isIcon aria-label={`Remove series ${letter}`} onClick={onRemove}>
        <X size={14} strokeWidth={1.5} />
      </Button>
    </li>
  )
}

interface LineOfTextProps {
  readonly text: string
  readonly fault: string | undefined
  onChange(text: string): void
}

function LineOfText({ text, fault, onChange }: LineOfTextProps) {
  const [typed, setTyped] = useState(text)
  const apply = () => {
    if (typed.trim() !== text) onChange(typed.trim())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    apply()
  }
  return (
    <form onSubmit={submit} className="flex min-w-60 flex-1 flex-col">
      <Input
        aria-label="The series as text"
        aria-invalid={fault !== undefined}
        className="mono"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={apply}
      />
      {fault ? <span className="text-12 text-error">{fault}</span> : null}
    </form>
  )
}
