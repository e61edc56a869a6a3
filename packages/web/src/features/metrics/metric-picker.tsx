import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { metricNamesQuery } from '#api/metrics.ts'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { useProject } from '#project/use-project.ts'

interface MetricPickerProps {
  readonly metric: string
  onPick(metric: string): void
}

/** The metric of a series; opens a list to search in. */
export function MetricPicker({ metric, onPick }: MetricPickerProps) {
  const [isOpen, setOpen] = useState(false)
  const pick = (name: string) => {
    setOpen(false)
    onPick(name)
  }
  return (
    <Popover
      label="Metrics"
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <Button aria-label={`Metric: ${metric}`} className="max-w-72">
          <span className="mono truncate">{metric}</span>
          <ChevronDown size={14} strokeWidth={1.5} className="shrink-0 text-text-3" />
        </Button>
      }
    >
      <MetricNames chosen={metric} onPick={pick} />
    </Popover>
  )
}

const SHOWN = 200

interface MetricNamesProps {
  readonly chosen?: string
  onPick(name: string): void
}

/** All metrics by name, with a search over them. */
export function MetricNames({ chosen, onPick }: MetricNamesProps) {
  const { project } = useProject()
  const [typed, setTyped] = useState('')
  const names = useQuery(metricNamesQuery(project.id)).data ?? []
  const found = names.filter((name) => name.toLowerCase().includes(typed.trim().toLowerCase()))
  const first = found[0]
  return (
    <div className="flex flex-col gap-2">
      <Input
        type="search"
        aria-label="Search metrics by name"
        placeholder="Search by name"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first !== undefined) onPick(first)
        }}
      />
      <ul aria-label="Metrics" className="flex max-h-72 flex-col overflow-y-auto">
        {found.slice(0, SHOWN).map((name) => (
          <li key={name}>
            <button
              type="button"
              aria-current={name === chosen}
              onClick={() => onPick(name)}
              className="mono h-7 w-full truncate rounded-4 px-2 text-left outline-offset-[-2px] hover:bg-hover aria-[current=true]:bg-selected"
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="text-12 text-text-3">No metric of this name.</p> : null}
      {found.length > SHOWN ? (
        <p className="text-12 text-text-3">{found.length - SHOWN} more; type to find them.</p>
      ) : null}
    </div>
  )
}
