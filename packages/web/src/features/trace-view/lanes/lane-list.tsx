import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { metricNamesWithinQuery } from '#api/metric-lanes.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Input } from '#components/ui/input.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { parseSeries, printSeries, type SeriesSpec } from '#lib/metrics/series-text.ts'
import { useLaneSpan } from './use-lane-span.ts'
import { useLanesSearch } from './use-lanes-search.ts'

const SHOWN = 200
/** Fewer names are seen at a glance. */
const WORTH_SEARCHING = 8

/** The metrics that have points in the time of the trace, to be shown or not. */
export function LaneList() {
  const { project } = useTraceContext()
  const { lanes, setLanes } = useLanesSearch()
  const span = useLaneSpan()
  const names = useQuery(metricNamesWithinQuery(project, span))
  const [typed, setTyped] = useState('')
  if (names.isPending) return <SkeletonRows count={3} height={28} />
  if (names.error)
    return <ErrorState error={names.error} doing="read the names of metrics" onRetry={() => names.refetch()} />
  if (names.data.length === 0)
    return <p className="text-12 text-text-2">No metric has points in the time of this trace.</p>
  const found = names.data.filter((name) => name.toLowerCase().includes(typed.trim().toLowerCase()))
  const toggle = (name: string, isShown: boolean) => {
    const others = lanes.filter((lane) => metricOf(lane) !== name)
    setLanes(isShown ? [...others, laneOf(name)] : others)
  }
  return (
    <div className="flex flex-col gap-1">
      <p className="label px-1">Metrics of this time</p>
      {names.data.length > WORTH_SEARCHING ? (
        <Input
          type="search"
          aria-label="Search metrics by name"
          placeholder="Search by name"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      ) : null}
      <ul className="flex max-h-72 flex-col overflow-y-auto">
        {found.slice(0, SHOWN).map((name) => (
          <NameRow
            key={name}
            name={name}
            isShown={lanes.some((lane) => metricOf(lane) === name)}
            onToggle={(isShown) => toggle(name, isShown)}
          />
        ))}
      </ul>
      {found.length > SHOWN ? (
        <p className="px-1 text-12 text-text-3">{found.length - SHOWN} more; type to find them.</p>
      ) : null}
    </div>
  )
}

interface NameRowProps {
  readonly name: string
  readonly isShown: boolean
  onToggle(isShown: boolean): void
}

function NameRow({ name, isShown, onToggle }: NameRowProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={isShown}
        onClick={() => onToggle(!isShown)}
        className="flex h-7 w-full items-center gap-2 rounded-4 px-1 text-left outline-offset-[-2px] hover:bg-hover pointer-coarse:h-11"
      >
        <span className="flex w-4 justify-center">{isShown ? <Check size={14} strokeWidth={1.5} /> : null}</span>
        <span className="mono min-w-0 flex-1 truncate">{name}</span>
      </button>
    </li>
  )
}

function metricOf(lane: string): string | undefined {
  const parsed = parseSeries(lane)
  return parsed.ok ? parsed.spec.metric : undefined
}

/** The name alone is its average; quoted where it would not be read as a name. */
function laneOf(metric: string): string {
  const spec: SeriesSpec = { aggregation: 'avg', metric, labels: [], by: [] }
  return printSeries(spec).slice('avg('.length, -1)
}
