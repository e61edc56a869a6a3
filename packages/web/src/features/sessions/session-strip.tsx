import { useNavigate } from '@tanstack/react-router'
import type { TraceListRowDto } from '@xtrace/contract'
import { clsx } from 'clsx'
import { useMemo } from 'react'
import { formatDuration } from '#lib/format/duration.ts'
import { stripOf } from './turns.ts'

interface SessionStripProps {
  readonly rows: readonly TraceListRowDto[]
  readonly chosen: string | undefined
}

/** One block a trace, as wide as it took, with the pauses between them written; a block leads to its turn. */
export function SessionStrip({ rows, chosen }: SessionStripProps) {
  const navigate = useNavigate()
  const pieces = useMemo(() => stripOf(rows), [rows])
  const choose = (trace: string) =>
    void navigate({ to: '.', search: (earlier) => ({ ...earlier, trace }), replace: true, resetScroll: false })
  return (
    <nav
      aria-label="Traces of the session"
      className="sticky top-0 z-10 flex shrink-0 items-center gap-0.5 overflow-x-auto border-b bg-surface px-4 py-2"
    >
      {pieces.map((piece) =>
        piece.kind === 'pause' ? (
          <span key={`after ${piece.after}`} className="shrink-0 px-1 text-11 text-text-3" title="Pause">
            ≈ {formatDuration(piece.ms)}
          </span>
        ) : (
          <Block key={piece.row.id} {...piece} isChosen={piece.row.id === chosen} onChoose={choose} />
        ),
      )}
    </nav>
  )
}

interface BlockProps {
  readonly row: TraceListRowDto
  readonly weight: number
  readonly isChosen: boolean
  onChoose(trace: string): void
}

function Block({ row, weight, isChosen, onChoose }: BlockProps) {
  const took = formatDuration(row.latency === null ? null : row.latency * 1000)
  const failed = row.errors > 0 ? `, ${row.errors} ${row.errors === 1 ? 'error' : 'errors'}` : ''
  const label = `${row.name ?? 'trace'}, ${took}${failed}`
  return (
    <button
      type="button"
      aria-label={label}
      aria-current={isChosen}
      title={label}
      onClick={() => onChoose(row.id)}
      className="group grid h-6 min-w-6 items-center"
      style={{ flexGrow: weight }}
    >
      <span
        className={clsx(
          'block h-3 rounded-2 group-hover:opacity-80',
          isChosen ? 'bg-accent' : 'bg-chart-1',
          row.errors > 0 && 'border-error border-b-4',
        )}
      />
    </button>
  )
}
