import type { TraceListRowDto } from '@xtrace/contract'
import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { formatCount } from '#lib/format/figures.ts'
import type { Store } from '#store/store.ts'
import type { SeenTurn } from './turn-read.ts'
import { TurnView } from './turn-view.tsx'
import { useTurns } from './use-session.ts'
import { useTurnsInView } from './use-turns-in-view.ts'

interface ChatTurnsProps {
  readonly rows: readonly TraceListRowDto[]
  /** How many traces the session has. */
  readonly total: number
  readonly chosen: string | undefined
  /** Is told which turns are in view. */
  readonly seen: Store<readonly SeenTurn[]>
  /** Reads more rows; undefined when all are there. */
  readonly onMore: (() => void) | undefined
}

/** The session as one conversation, the first turns of it and more on request. */
export function ChatTurns({ rows, total, chosen, seen, onMore }: ChatTurnsProps) {
  const list = useRef<HTMLOListElement>(null)
  const { turns, failures, showMore } = useTurns(rows, chosen)
  useTurnsInView(seen, { list, turns })
  const more = () => {
    showMore()
    if (turns.length === rows.length) onMore?.()
  }
  return (
    <>
      <ol ref={list} aria-label="Turns" className="flex shrink-0 flex-col">
        {turns.map((turn) => (
          <TurnView
            key={turn.trace.id}
            turn={turn}
            isChosen={turn.trace.id === chosen}
            failure={failures.get(turn.trace.id)}
          />
        ))}
      </ol>
      {turns.length < total ? (
        <div className="flex items-center gap-3 p-4 text-12 text-text-3">
          <Button onClick={more}>Show more turns</Button>
          {formatCount(turns.length)} of {formatCount(total)}
        </div>
      ) : null}
    </>
  )
}
