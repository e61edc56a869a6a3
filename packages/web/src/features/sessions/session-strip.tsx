import { useNavigate } from '@tanstack/react-router'
import type { TraceListRowDto } from '@xtrace/contract'
import { clsx } from 'clsx'
import { useMemo } from 'react'
import { formatDuration } from '#lib/format/duration.ts'
import type { Store } from '#store/store.ts'
import { useStore } from '#store/use-store.ts'
import { type SeenTurn, turnRead } from './turn-read.ts'
import { stripOf } from './turns.ts'

interface SessionStripProps {
  readonly rows: readonly TraceListRowDto[]
  readonly chosen: string | undefined
  /** The turns as far as they are in view. */
  readonly seen: Store<readonly SeenTurn[]>
}

/**
 * One block a trace, as wide as it took, with the pauses between them written; a block leads to its turn, and that of
 * the turn which is read has a line under it.
 */
export function SessionStrip({ rows, chosen, seen }: SessionStripProps) {
  const navigate = useNavigate()
  const read = turnRead(useStore(seen), chosen)
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
          <Block
            key={piece.row.id}
            {...piece}
            isChosen={piece.row.id === chosen}
            isRead={piece.row.id === read}
            onChoose={choose}
          />
        ),
      )}
    </nav>
  )
}

interface BlockProps {
  readonly row: TraceListRowDto
  readonly weight: number
  readonly isChosen: boolean
  readonly isRead: boolean
  onChoose(trace: string): void
}

function Block({ row, weight, isChosen, isRead, onChoose }: BlockProps) {
  const took = formatDuration(row.latency === null ? null : row.latency * 1000)
  const failed = row.errors > 0 ? `, ${row.errors} ${row.errors === 1 ? 'error' : 'errors'}` : ''
  const label = `${row.name ?? 'trace'}, ${took}${failed}`
  return (
    <button
      type="button"
      aria-label={label}
      aria-current={isRead}
      title={label}
      onClick={() => onChoose(row.id)}
      className="group relative grid h-6 min-w-6 items-center"
      style={{ flexGrow: weight }}
    >
      <span
        className={clsx(
          'block h-3 rounded-2 group-hover:opacity-80',
          isChosen ? 'bg-accent' : 'bg-chart-1',
          row.errors > 0 && 'border-error border-b-4',
        )}
      />
      {isRead ? <span aria-hidden className="absolute inset-x-0 bottom-0 h-0.5 bg-text" /> : null}
    </button>
  )
}
