import { clsx } from 'clsx'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import type { TimeFormat } from '#lib/format/time.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
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
  const time = useTimeFormat()
  const [{ from, to }, setEnds] = useState(() => endsOf(value, time))
  const written = fixedOf({ from, to }, time)
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
      <p className="text-12 text-text-3">
        In the time of {time.zoneName}, which is chosen under Appearance. Dragging over a chart sets it too.
      </p>
      <Button type="submit" disabled={!written} className="self-start">
        Apply
      </Button>
    </form>
  )
}

/** As `datetime-local` writes them, in the zone that the viewer chose. */
interface Ends {
  readonly from: string
  readonly to: string
}

function endsOf(value: string, time: TimeFormat): Ends {
  const { fromMs, toMs } = intervalOf(value, Date.now())
  return { from: time.wall(fromMs), to: time.wall(toMs) }
}

function fixedOf({ from, to }: Ends, time: TimeFormat): string | undefined {
  const [fromMs = Number.NaN, toMs = Number.NaN] = [time.instant(from), time.instant(to)]
  if (!(fromMs < toMs)) return undefined
  const text = fixedRange({ fromMs, toMs })
  return parseTimeRange(text) ? text : undefined
}
