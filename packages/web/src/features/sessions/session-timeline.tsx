import { Link } from '@tanstack/react-router'
import type { TraceListRowDto } from '@xtrace/contract'
import { clsx } from 'clsx'
import { OctagonX } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { useProject } from '#project/use-project.ts'
import { type Pause, type TimelineBar, timelineOf } from './timeline.ts'
import { searchOfTurn } from './use-session.ts'

interface SessionTimelineProps {
  readonly rows: readonly TraceListRowDto[]
  readonly total: number
  readonly chosen: string | undefined
  readonly onMore: (() => void) | undefined
}

/** Each trace where it lies in the time of the session. */
export function SessionTimeline({ rows, total, chosen, onMore }: SessionTimelineProps) {
  const { bars, pauses } = useMemo(() => timelineOf(rows), [rows])
  return (
    <>
      <ol aria-label="Traces by time" className="flex flex-col">
        {bars.map((bar) => (
          <TimelineRow key={bar.row.id} bar={bar} pauses={pauses} isChosen={bar.row.id === chosen} />
        ))}
      </ol>
      {rows.length < total ? (
        <div className="flex items-center gap-3 p-4 text-12 text-text-3">
          <Button disabled={onMore === undefined} onClick={onMore}>
            Show more traces
          </Button>
          {formatCount(rows.length)} of {formatCount(total)}
        </div>
      ) : null}
    </>
  )
}

interface TimelineRowProps {
  readonly bar: TimelineBar
  readonly pauses: readonly Pause[]
  readonly isChosen: boolean
}

function TimelineRow({ bar: { row, offsetMs, left, width }, pauses, isChosen }: TimelineRowProps) {
  const { project } = useProject()
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li
      ref={item}
      className={clsx(
        'tabular grid h-7 scroll-mt-10 grid-cols-[72px_minmax(80px,200px)_minmax(0,1fr)_72px_72px] items-center gap-2 border-b px-4 text-12',
        isChosen ? 'bg-selected' : 'bg-surface hover:bg-hover',
      )}
    >
      <span className="text-right text-text-3">+{formatDuration(offsetMs)}</span>
      <span className="flex min-w-0 items-center gap-1">
        <Link
          to="/p/$project/traces/$trace"
          params={{ project: project.id, trace: row.id }}
          search={searchOfTurn(row)}
          className="-my-1 truncate py-1 text-accent hover:underline"
          title={row.id}
        >
          {row.name ?? row.id}
        </Link>
        {row.errors > 0 ? (
          <OctagonX
            size={14}
            strokeWidth={1.5}
            className="shrink-0 text-error"
            role="img"
            aria-label={`${row.errors} ${row.errors === 1 ? 'error' : 'errors'}`}
          />
        ) : null}
      </span>
      <span aria-hidden className="relative h-full">
        {pauses.map((pause) => (
          <span
            key={pause.left}
            title={`${formatDuration(pause.ms)} of pause`}
            className="absolute inset-y-0 bg-sunken"
            style={{ left: percent(pause.left), width: percent(pause.width) }}
          />
        ))}
        <span
          className={clsx(
            'absolute top-2 h-3 min-w-0.5 rounded-2 bg-chart-1',
            row.errors > 0 && 'border-error border-b-4',
          )}
          style={{ left: percent(left), width: percent(width) }}
        />
      </span>
      <span className="text-right">{formatDuration(row.latency === null ? null : row.latency * 1000)}</span>
      <span className="text-right text-text-2">{formatCost(row.cost)}</span>
    </li>
  )
}

const percent = (share: number) => `${share * 100}%`
