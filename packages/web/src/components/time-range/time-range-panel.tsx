import { clsx } from 'clsx'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { fixedRange, intervalOf, parseTimeRange, ROLLING_RANGES, rollingLabel } from '#search/time-range.ts'

interface TimeRangePanelProps {
  /** `24h` or `from..to`. */
  readonly value: string
  onChoose(value: string): void
}

/** The usual rolling ranges, any other as text, and two instants. */
export function TimeRangePanel({ value, onChoose }: TimeRangePanelProps) {
  return (
    <div className="flex gap-4 max-sm:flex-col">
      <ul className="flex w-36 flex-col">
        {ROLLING_RANGES.map((range) => (
          <li key={range}>
            <button
              type="button"
              aria-pressed={range === value}
              onClick={() => onChoose(range)}
              className={clsx(
                'flex h-7 w-full items-center rounded-4 px-2 text-left hover:bg-hover pointer-coarse:h-11',
                range === value && 'bg-selected font-medium',
              )}
            >
              {rollingLabel(range)}
            </button>
          </li>
        ))}
      </ul>
      <FixedRange value={value} onChoose={onChoose} />
    </div>
  )
}

function FixedRange({ value, onChoose }: TimeRangePanelProps) {
  const [{ from, to }, setEnds] = useState(() => endsOf(value))
  const written = fixedOf(from, to)
  return (
    <form
      className="flex w-56 flex-col gap-3 border-line sm:border-l sm:pl-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (written) onChoose(written)
      }}
    >
      <Field label="From">
        <Input
          type="datetime-local"
          step={1}
          value={from}
          onChange={(event) => setEnds({ from: event.target.value, to })}
        />
      </Field>
      <Field label="To" fault={written ? undefined : 'Must be after the beginning'}>
        <Input
          type="datetime-local"
          step={1}
          value={to}
          onChange={(event) => setEnds({ from, to: event.target.value })}
        />
      </Field>
      <p className="text-12 text-text-3">In this computer's time zone. Dragging over a chart sets it too.</p>
      <Button type="submit" disabled={!written} className="self-start">
        Apply
      </Button>
    </form>
  )
}

/** Both ends as `datetime-local` writes them. */
function endsOf(value: string): { from: string; to: string } {
  const { fromMs, toMs } = intervalOf(value, Date.now())
  return { from: localText(fromMs), to: localText(toMs) }
}

function localText(ms: number): string {
  const date = new Date(ms)
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

function fixedOf(from: string, to: string): string | undefined {
  const [fromMs, toMs] = [new Date(from).getTime(), new Date(to).getTime()]
  if (!(fromMs < toMs)) return undefined
  const text = fixedRange({ fromMs, toMs })
  return parseTimeRange(text) ? text : undefined
}
